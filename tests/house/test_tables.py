"""Every table of ours can be sharded, edited safely, and named in the office's words."""

import re

import pytest
from django.apps import apps
from django.db import models

from luoshi.store.fields import ExactField
from luoshi.store.rows import Editable
from tests.house.source import ROOT

OURS = [model for model in apps.get_models() if model.__module__.startswith("luoshi.")]
UNIQUE_ALONE = {
    ("Account", "login"): "one name to sign in with, whatever the jurisdiction",
    ("Indexed", "docid"): "the row number of the database's own full-text table",
}


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
class TestTable:
    def test_carries_its_jurisdiction(self, model):
        assert isinstance(model._meta.get_field("jurisdiction"), models.UUIDField)

    def test_has_a_key_that_is_no_counter(self, model):
        assert isinstance(model._meta.pk, models.UUIDField)

    def test_unique_constraints_start_with_the_jurisdiction(self, model):
        for constraint in model._meta.constraints:
            if isinstance(constraint, models.UniqueConstraint):
                assert constraint.fields[0] == "jurisdiction", constraint.name
        alone = {
            (model.__name__, f.name)
            for f in model._meta.local_fields
            if f.unique and not f.primary_key and not f.is_relation
        }
        assert alone <= set(UNIQUE_ALONE)

    def test_declared_indexes_start_with_the_jurisdiction(self, model):
        for index in model._meta.indexes:
            if index.name == "jobs_job_waiting":  # the worker serves every jurisdiction
                continue
            assert index.fields[0] == "jurisdiction", index.name

    def test_keeps_figures_exact(self, model):
        for field in model._meta.local_fields:
            assert not isinstance(field, models.FloatField | models.DecimalField), field

    def test_is_editable_with_a_version_or_not_edited(self, model):
        has_version = any(field.name == "version" for field in model._meta.local_fields)
        assert has_version == (issubclass(model, Editable) or model.__name__ == "Account")

    def test_verbose_name_stands_in_the_glossary(self, model):
        glossary = (ROOT / "docs" / "glossary.md").read_text("utf-8")
        row = re.search(
            rf"\|[^|\n]*{re.escape(str(model._meta.verbose_name))}[^|\n]*\|[^|\n]*`{model.__name__}`",
            glossary,
        )
        assert row, f"{model._meta.verbose_name} | `{model.__name__}` is not in docs/glossary.md"


def test_exact_field_is_a_bigint_on_this_database():
    from django.db import connection

    assert ExactField(scale=4).db_type(connection).lower() in {"bigint", "bigint unsigned"}
