"""Why a push failed, in the words of the hook that stopped it."""

from __future__ import annotations

from generator.deploy.git_problems import refused


def test_the_words_of_a_hook_are_not_taken_for_those_of_git() -> None:
    said = "! [lint] fetch first\nerror: failed to push some refs to '/srv/blog.git'"
    problem = refused(said, "origin")

    assert problem.code == "hook"
    assert problem.message.endswith("stopped the push: ! [lint] fetch first")


def test_a_rejection_by_git_is_still_one() -> None:
    said = "To /srv/b\n ! [rejected] a -> b (fetch first)\nerror: failed to push some refs to 'b'"

    assert refused(said, "origin").code == "overtaken"


def test_a_call_that_was_stopped_says_for_how_long_it_waited_and_what_was_printed() -> None:
    problem = refused("git did not end within 15 minutes\n\nfatal: cannot run pre-push", "origin")

    assert str(problem) == (
        "git: git did not end within 15 minutes and was stopped: fatal: cannot run pre-push."
        " Either the remote 'origin' or a hook does not answer. To see which: git push."
    )
