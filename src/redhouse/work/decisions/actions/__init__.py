from redhouse.work.decisions.actions.archives import archive_matter, seal_bundle
from redhouse.work.decisions.actions.gates import (
    Door,
    answer_opinion,
    check_items,
    explain_matter,
    explain_matter_at,
    inform_members,
    record_opinion,
)
from redhouse.work.decisions.actions.law import adopt_law
from redhouse.work.decisions.actions.matters import amend_plan, file_paper, open_matter
from redhouse.work.decisions.actions.money import (
    answer_share_question,
    freeze_register,
    propose_distribution,
    question_share,
)
from redhouse.work.decisions.actions.names import take_names
from redhouse.work.decisions.actions.objections import answer_objection, key_in_objection, raise_objection
from redhouse.work.decisions.actions.openness import (
    amend_publicity,
    end_publicity,
    post_publicity,
    prepare_publicity,
)
from redhouse.work.decisions.actions.payments import note_unpaid, record_payment

__all__ = [
    "Door",
    "adopt_law",
    "amend_plan",
    "amend_publicity",
    "answer_objection",
    "answer_opinion",
    "answer_share_question",
    "archive_matter",
    "check_items",
    "end_publicity",
    "explain_matter",
    "explain_matter_at",
    "file_paper",
    "freeze_register",
    "inform_members",
    "key_in_objection",
    "note_unpaid",
    "open_matter",
    "post_publicity",
    "prepare_publicity",
    "propose_distribution",
    "question_share",
    "raise_objection",
    "record_opinion",
    "record_payment",
    "seal_bundle",
    "take_names",
]
