"""The installable app: a shell without a word about anybody, which the phone fills from what it keeps."""
