"""The base of every section of the configuration.

Unknown keys are refused, so that a misspelt setting is named instead of ignored; strings that
come from the command line (`--config seed=7`) are coerced to the type of the setting.
"""

from pydantic import BaseModel, ConfigDict


class Section(BaseModel):
    """A section of `config/config.yaml`; every field has a default and a description."""

    model_config = ConfigDict(extra="forbid", frozen=True, validate_default=True)
