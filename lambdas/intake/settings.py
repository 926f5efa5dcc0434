"""The environment of the intake function."""

from lambdas.shared.settings import Settings as BaseSettings


class Settings(BaseSettings):
    """The function's environment."""

    documents_table: str
    audit_table: str
    idempotency_table: str
    decisions_bucket: str
    state_machine_arn: str
    dead_letter_queue_url: str
    max_pages: int
    max_bytes: int
    duplicate_window_days: int
    max_concurrency: int
    registration_lease_seconds: int
