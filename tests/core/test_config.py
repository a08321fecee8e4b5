"""The configuration: defaults, checks, and messages that name the setting."""

import datetime
import json

import pytest
import yaml
from coproduction.config import Config, load_config
from coproduction.core.errors import StudyError


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
        ({"delphi": {"checklist": "accord"}}, r"'delphi\.checklist'\. It is called 'report\.checklists' now"),
        ({"topics": {"n_topcs": 3}}, r"there is no setting 'topics\.n_topcs'"),
        ({"topics": {"n_topics": "many"}}, r"setting 'topics\.n_topics' is \"many\": it must be a whole number"),
        ({"seed": 12.5}, r"setting 'seed' is 12\.5: it must be a whole number"),
        ({"illustrative": "perhaps"}, r"'illustrative' is \"perhaps\": it must be true or false"),
        ({"delphi": {"scale": "1-9"}}, r"'delphi\.scale' is \"1-9\": it must be a section with settings of its own"),
        ({"delphi": {"scale": {"highest": 5}}}, r"'delphi\.scale' is \{\"highest\": 5\}: lowest ≤ unfavourable_to"),
        ({"topics": {"n_topics": 1}}, r"setting 'topics\.n_topics' is 1: .*a single topic is meaningless"),
        ({"screening": {"recal_target": 1}}, r"'screening\.recal_target'. Did you mean 'recall_target'"),
        ({"sreening": {}}, r"there is no setting 'sreening'\. Did you mean 'screening'\?"),
        ({"screening": {"kinds": {"OSF": "registry"}}}, r"is \"registry\".*Did you mean 'register'\?"),
        ({"screening": {"kinds": {"OSF": "zzz"}}}, r"is \"zzz\".* See config/README\.md"),
        ({"topics": 3}, r"setting 'topics' is 3"),
        ({"title": False}, r"'title' is false.*in quotation marks \(\"NO\"\)"),
        ({"title": 2026}, r"'title' is 2026.*Put it in quotation marks: \"2026\""),
        ({"date": datetime.date(2026, 11, 24)}, r"'date' is \"2026-11-24\".*quotation marks: \"2026-11-24\""),
        ({"authors": "Anna Rossi"}, r"'authors'.*Write it as a list: \[\"Anna Rossi\"\]"),
        ({"topics": None}, r"'topics' is null.*nothing after the colon"),
        ({"topics": 7}, r"'topics' is 7.*Write each setting on a line of its own"),
        ([{"a": 1}], r"the whole file is "),
        ({"study": ""}, r"setting 'study' is empty\. Name the folder there"),
        ({"results": " "}, r"setting 'results' is empty"),
        ({"results": "data/demo"}, r"'results' is data/demo, which .*holds your own files"),
        ({"results": "data/demo/delphi/out"}, r"'results' is .*holds your own files"),
        ({"results": "data/demo/qca"}, r"'results' is .*holds your own files"),
        ({"results": "data/../."}, r"'results' is .*in which you run the workflow"),
        # a checkout may be named as a technique is, which is a reason of its own
        ({"results": ".."}, r"'results' is .*(in which you run the workflow|holds the study folder)"),
        ({"oldest_year": 2018}, r"no setting 'oldest_year'\. It belongs below 'desk:', indented\."),
        ({"qca": {"oldest_year": 2018}}, r"no setting 'qca\.oldest_year'\. It belongs below 'desk:'"),
        ({"desk.oldest_year": 2018}, r"no setting 'desk\.oldest_year'\. It belongs below 'desk:'"),
        ({"desk": {"title": "A"}}, r"no setting 'desk\.title'\. It belongs at the left margin\."),
        (
            {"authors": "Anna Rossi, Bo Lund"},
            r'Write it as a list: \["Anna Rossi", "Bo Lund"\], or \["Anna Rossi, Bo Lund"\]',
        ),
        ({"authors": "-Anna Rossi -Bo Lund"}, r"Leave a blank behind each hyphen"),
        ({"qca": {"consistency": "0,8"}}, r"it must be a number\. Write it with a decimal point: 0\.8\."),
        ({"qca": {"consistency": "80%"}}, r"it must be a number\. Write the share: 0\.8\."),
        ({"desk": {"weight_draws": "10,000"}}, r"a whole number\. Write it without a comma: 10000\."),
        ({"language": "DE"}, r"it is not written as this setting wants it"),
        ({"desk": {"dimension_weights": {"Political": 2}}}, r"'Political' in dimension_weights is not a dimension"),
        ({"study": "no/such"}, r"setting 'study' names the folder no/such, which does not exist"),
        ({"factors": "config"}, r"the file config, which is a folder; the workflow expects a file\. Correct the path"),
        ({"study": "Makefile"}, r"the folder Makefile, which is a file; the workflow expects a folder"),
        ({"factors": "no.csv"}, r"setting 'factors' names the file no\.csv, which does not exist"),
    ],
)
def test_wrong_settings_are_named_by_their_place(root, monkeypatch, values, message):
    monkeypatch.chdir(root)
    with pytest.raises(StudyError, match=message):
        load_config(values, "c.yaml")


@pytest.mark.parametrize("results", ["data/demo-results", "data/demo/results", "/tmp/elsewhere"])
def test_results_may_stand_beside_the_files_of_people(root, monkeypatch, results):
    monkeypatch.chdir(root)
    assert load_config({"results": results}).results == results


def test_results_do_not_hold_the_study_under_the_name_of_a_technique(tmp_path, root, monkeypatch):
    monkeypatch.chdir(root)
    (tmp_path / "delphi").mkdir()
    with pytest.raises(StudyError, match="holds the study folder among the folders"):
        load_config({"study": str(tmp_path / "delphi"), "results": str(tmp_path)})


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


@pytest.mark.parametrize("title", ["", "  "])
def test_a_study_without_a_title_gets_the_usual_one(title):
    assert Config(title=title).title == Config().title != ""
