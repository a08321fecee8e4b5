#!/bin/sh
# Jinja2 3.1.6: a filter on a constant is called when the template is compiled, not when it is filled.
#
# Expected: a filter is called whenever a filling reaches it, so that one which counts, numbers or notes what it
# sees does so in each filling. Happens: `{{ "a" | noted }}` is worked out once by the optimiser (on by default; the
# documentation of Environment names it `optimized`, without saying that it calls filters): the filter is called
# while the template is compiled, also within a branch that no filling reaches, and never again. With a variable, or
# with a filter marked by `pass_context`, it is called in each filling and only there.
#
# In this project filters that note what they see take the context (coproduction/core/prose.py).
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
${PYTHON:-python3} -m venv "$folder/env"
"$folder/env/bin/python" -m pip install --quiet --disable-pip-version-check jinja2==3.1.6
"$folder/env/bin/python" - <<'PYTHON'
import sys

import jinja2

seen = []


def noted(value):
    seen.append(value)
    return value


@jinja2.pass_context
def noted_in_context(context, value):
    return noted(value)


environment = jinja2.Environment()
environment.filters |= {"noted": noted, "noted_in_context": noted_in_context}
told = {}
for name, source in {
    "constant": '{{ "a" | noted }}',
    "constant in a branch not reached": '{% if never %}{{ "a" | noted }}{% endif %}',
    "variable": "{{ word | noted }}",
    "constant, filter with context": '{{ "a" | noted_in_context }}',
}.items():
    seen.clear()
    template = environment.from_string(source)
    compiling = len(seen)
    for _ in range(3):
        template.render(word="a", never=False)
    told[name] = compiling, len(seen) - compiling
    print(f"{name}: {compiling} calls while compiling, {len(seen) - compiling} in three fillings")
sys.exit(0 if list(told.values()) == [(1, 0), (1, 0), (0, 3), (0, 3)] else 1)
PYTHON
