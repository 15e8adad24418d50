"""Keys at work: signatures of tree heads, encrypted fields, and blind look-ups.

Signatures are Ed25519, fields AES-256-GCM, look-ups HMAC-SHA-256. One master key is stretched
by HKDF into a key of its own for every purpose and context, so that no value can be moved from
one column to another and two equal texts in two columns have nothing in common.
"""

import hmac
import os

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from redhouse.kit.sentences import SentenceError
from redhouse.kit.sentences import marked as _

KEY_SIZE = 32
INDEX_SIZE = 16
_NONCE_SIZE = 12
_FORMAT = b"\x01"


class SealBroken(SentenceError):
    """A sealed value or a key file cannot be read with what is at hand."""


def new_key() -> bytes:
    """Make an Ed25519 signing key; PEM (PKCS 8, not encrypted: keep the file closed)."""
    return Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def public_key(key: bytes) -> bytes:
    """Give the public half, as PEM, of a signing key from `new_key`."""
    public = _private(key).public_key()
    return public.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)


def sign(key: bytes, message: bytes) -> bytes:
    """Sign `message` with a PEM signing key; 64 bytes, always the same for the same input."""
    return _private(key).sign(message)


def verify(public: bytes, signature: bytes, message: bytes) -> bool:
    """Tell whether `signature` over `message` was made by the key behind the PEM `public`."""
    try:
        _public(public).verify(signature, message)
    except InvalidSignature:
        return False
    return True


def new_master_key() -> bytes:
    """Make a master key for a `Sealer`: 32 random bytes."""
    return os.urandom(KEY_SIZE)


class Sealer:
    """Encrypts single text fields under one master key.

    `context` says what the text is, for instance ``b"people.person.id_number"``; a value opens
    only under the context it was sealed for.
    """

    def __init__(self, key: bytes) -> None:
        if len(key) != KEY_SIZE:
            raise SealBroken(
                _("主密钥应为%(due)s字节，现为%(found)s字节；请放回原来的密钥文件，或从备份恢复。"),
                due=KEY_SIZE,
                found=len(key),
            )
        self._key = key
        self._ciphers: dict[bytes, AESGCM] = {}
        self._index_keys: dict[bytes, bytes] = {}

    def seal(self, text: str, context: bytes) -> bytes:
        """Encrypt `text`; 29 bytes longer than its UTF-8, and different each time."""
        return self.seal_bytes(text.encode(), context)

    def open(self, sealed: bytes, context: bytes) -> str:
        """Decrypt what `seal` gave for the same key and context; SealBroken for anything else."""
        return self.open_bytes(sealed, context).decode()

    def seal_bytes(self, content: bytes, context: bytes) -> bytes:
        """Encrypt a whole file; the same form as `seal`."""
        nonce = os.urandom(_NONCE_SIZE)
        return _FORMAT + nonce + self._cipher(context).encrypt(nonce, content, _FORMAT + context)

    def open_bytes(self, sealed: bytes, context: bytes) -> bytes:
        """Decrypt what `seal_bytes` gave; SealBroken for anything else."""
        nonce, body = sealed[1 : 1 + _NONCE_SIZE], sealed[1 + _NONCE_SIZE :]
        try:
            if sealed[:1] != _FORMAT or len(nonce) != _NONCE_SIZE:
                raise InvalidTag
            return self._cipher(context).decrypt(nonce, body, _FORMAT + context)
        except InvalidTag:
            raise SealBroken(
                _("加密字段%(context)s无法解开：数据被改动，或密钥不是加密时的那一把；请放回原密钥，或从备份恢复。"),
                context=context.decode(errors="replace"),
            ) from None

    def blind_index(self, text: str, context: bytes) -> bytes:
        """Give 16 bytes that are equal exactly for equal texts in one context.

        Look-ups compare these without opening a field. Normalise `text` first.
        """
        key = self._index_keys.get(context)
        if key is None:
            key = self._index_keys[context] = self._derive(b"index", context)
        return hmac.digest(key, text.encode(), "sha256")[:INDEX_SIZE]

    def _cipher(self, context: bytes) -> AESGCM:
        cipher = self._ciphers.get(context)
        if cipher is None:
            cipher = self._ciphers[context] = AESGCM(self._derive(b"field", context))
        return cipher

    def _derive(self, purpose: bytes, context: bytes) -> bytes:
        info = b"redhouse\x00" + purpose + b"\x00" + context
        return HKDF(algorithm=SHA256(), length=KEY_SIZE, salt=None, info=info).derive(self._key)


def _private(key: bytes) -> Ed25519PrivateKey:
    try:
        loaded = serialization.load_pem_private_key(key, password=None)
    except (ValueError, TypeError):
        loaded = None
    if not isinstance(loaded, Ed25519PrivateKey):
        raise SealBroken(_("签名密钥不是可读的 Ed25519 私钥（PEM）；请放回原来的密钥文件，或从备份恢复。"))
    return loaded


def _public(public: bytes) -> Ed25519PublicKey:
    try:
        loaded = serialization.load_pem_public_key(public)
    except (ValueError, TypeError):
        loaded = None
    if not isinstance(loaded, Ed25519PublicKey):
        raise SealBroken(_("公钥不是可读的 Ed25519 公钥（PEM）；请向公布者重新取得。"))
    return loaded
