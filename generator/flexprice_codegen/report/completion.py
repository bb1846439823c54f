"""Scripts that complete the commands and options of a program in a shell.

In: the options of each command. Out: a script for bash, zsh, or fish. Everything but a
command or an option is completed as a file.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

_BASH = """\
_{function}() {{
    local words=""
    if [ "$COMP_CWORD" -eq 1 ]; then
        words="{commands}"
    else
        case "${{COMP_WORDS[1]}}" in
{cases}
        esac
        [[ "${{COMP_WORDS[COMP_CWORD]}}" == -* ]] || words=""
    fi
    COMPREPLY=($(compgen -W "$words" -- "${{COMP_WORDS[COMP_CWORD]}}"))
}}
complete -o default -F _{function} {program}
"""
_ZSH = """\
autoload -Uz compinit bashcompinit
(( $+functions[compdef] )) || compinit
bashcompinit
"""


def format_completion(
    shell: str, program: str, options: Mapping[str, Sequence[str]]
) -> str:
    """Return the script for a shell.

    Args:
        shell: `bash`, `zsh` or `fish`.
        program: The name of the program.
        options: The options of each command, such as `-o` and `--output`.
    """
    if shell == "fish":
        return _format_fish(program, options)
    # zsh reads the functions of bash.
    return (_ZSH if shell == "zsh" else "") + _format_bash(program, options)


def _format_bash(program: str, options: Mapping[str, Sequence[str]]) -> str:
    cases = "\n".join(
        f'            {name}) words="{" ".join(names)}" ;;'
        for name, names in options.items()
    )
    return _BASH.format(
        function=program.replace("-", "_"),
        program=program,
        commands=" ".join(options),
        cases=cases,
    )


def _format_fish(program: str, options: Mapping[str, Sequence[str]]) -> str:
    start = f"complete -c {program} -n"
    lines = [f"{start} __fish_use_subcommand -f -a '{' '.join(options)}'"]
    for command, names in options.items():
        for name in names:
            kind = "-l" if name.startswith("--") else "-s"
            condition = f"'__fish_seen_subcommand_from {command}'"
            lines.append(f"{start} {condition} {kind} {name.lstrip('-')}")
    return "\n".join(lines) + "\n"
