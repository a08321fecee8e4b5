"""The configuration: defaults, checks, and messages that name the setting."""

import json

import pytest
import yaml
from coproduction.config import Config, load_config
from coproduction.errors import StudyError


def test_an_empty_config_is_enough(root, monkeypatch):
    monkeypatch.chdir(root)
    assert load_config({}) == Config()


def test_the_bundled_config_is_valid(root, monkeypatch):
    monkeypatch.chdir(root)
    load_config(yaml.safe_load((root / "config" / "config.yaml").read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"topic": {}}, r"c.yaml: there is no setting 'topic'\. Did you mean 'topics'"),
        ({"topics": {"n_topcs": 3}}, r"there is no setting 'topics\.n_topcs'"),
        (
            {"topics": {"n_topics": "many"}},
            r"setting 'topics\.n_topics' is \"many\": input should be",
        ),
        ({"topics": {"n_topics": 1}}, r"setting 'topics\.n_topics' is 1: input should be greater"),
        (
            {"screening": {"recal_target": 1}},
            r"'screening\.recal_target'. Did you mean 'recall_target'",
        ),
        ({"sreening": {}}, r"there is no setting 'sreening'\. Did you mean 'screening'\?"),
        (
            {"screening": {"kinds": {"OSF": "registry"}}},
            r"is \"registry\".*Did you mean 'register'\?",
        ),
        ({"screening": {"kinds": {"OSF": "zzz"}}}, r"is \"zzz\".* See config/README\.md"),
        ({"topics": 3}, r"setting 'topics' is 3"),
        ({"study": "no/such"}, r"setting 'study' names the folder no/such, which does not exist"),
        ({"factors": "no.csv"}, r"setting 'factors' names the file no\.csv, which does not exist"),
    ],
)
def test_wrong_settings_are_named_by_their_place(root, monkeypatch, values, message):
    monkeypatch.chdir(root)
    with pytest.raises(StudyError, match=message):
        load_config(values, "c.yaml")


def test_strings_of_the_command_line_are_coerced(root, monkeypatch):
    monkeypatch.chdir(root)
    assert load_config({"seed": "7", "topics": {"n_topics": "5"}}).topics.n_topics == 5


def test_every_setting_has_a_description():
    def walk(node):
        for name, field in node.get("properties", {}).items():
            assert field.get("description") or "$ref" in field or "allOf" in field, name

    schema = Config.model_json_schema()
    for node in (schema, *schema["$defs"].values()):
        walk(node)
    json.dumps(schema)
