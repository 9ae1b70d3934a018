#!/bin/sh
# Build the wheel, install it alone in a clean environment outside the checkout, and do the main
# job with it there: a data file that is missing from the wheel cannot hide.
set -eu
here=$(pwd)
outside=$(mktemp -d)
trap 'rm -rf "$outside"' EXIT
"$PYTHON" -m build --wheel --no-isolation --outdir "$outside/dist" . > "$outside/build.log" 2>&1 \
  || { cat "$outside/build.log"; exit 1; }
"$PYTHON" -m venv "$outside/venv"
"$outside/venv/bin/python" -m pip --quiet --disable-pip-version-check install "$outside"/dist/*.whl
cp "$here/samples/nl-algoritmeregister/1.0/export.csv" "$outside/export.csv"
cd "$outside"
run="$outside/venv/bin/aiexchange"
for target in out.xml out.ttl out.nt out.jsonl out.xlsx; do
  case $target in *.xlsx) to="--to nl-algoritmeregister" ;; *) to="" ;; esac
  "$run" convert export.csv $target $to 2> log || { cat log; exit 1; }
  test -s $target
done
"$run" roundtrip out.xml > /dev/null
"$run" diff export.csv out.xml --exit-code > /dev/null 2>&1
"$run" gaps out.jsonl > /dev/null
"$run" check out.xml --fail-on never > /dev/null
"$run" list items > /dev/null
"$run" explain A-5 > /dev/null
echo "The wheel works outside the checkout."
