"""Choices are kept for the next start; what cannot be read is as good as nothing chosen."""

import pytest

from auditor_app.ui.preferences import Preferences, keep_preferences, read_preferences


@pytest.fixture(autouse=True)
def installation(tmp_path, monkeypatch):
    monkeypatch.setenv("AUDITOR_INSTALLATION", str(tmp_path))
    return tmp_path


def test_what_was_kept_is_read_again():
    kept = Preferences(mode="field", text_size=150, workspace="/audits/Ana Núñez")
    keep_preferences(kept)
    assert read_preferences() == kept


@pytest.mark.parametrize("content", [b"", b"not json", b"[]", b"\xff\xfe", b"7"])
def test_what_cannot_be_read_is_as_good_as_nothing_chosen(installation, content):
    (installation / "preferences.json").write_bytes(content)
    assert read_preferences() == Preferences()


def test_one_choice_of_the_wrong_kind_or_of_another_version_does_not_spoil_the_others(installation):
    (installation / "preferences.json").write_text('{"mode": "dark", "text_size": "large", "tomorrow": true}', "utf-8")
    assert read_preferences() == Preferences(mode="dark")
