"""The environment of the extract function."""

from lambdas.extract.job import JobTemplate
from lambdas.shared.settings import CommaList
from lambdas.shared.settings import Settings as BaseSettings


class Settings(BaseSettings):
    """The function's environment; `features` is a list with commas."""

    documents_table: str
    audit_table: str
    limits_table: str
    extractions_bucket: str
    extractions_key_arn: str
    notification_topic_arn: str
    notification_role_arn: str
    features: CommaList
    lease_seconds: int

    def job_template(self) -> JobTemplate:
        """What every job has in common."""
        return JobTemplate(
            features=self.features,
            output_bucket=self.extractions_bucket,
            output_key_arn=self.extractions_key_arn,
            notification_topic_arn=self.notification_topic_arn,
            notification_role_arn=self.notification_role_arn,
        )
