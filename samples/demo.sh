#!/bin/sh
# The main job on the sample export: what is due, what is missing, and the way there and back.
set -eu
export="samples/nl-algoritmeregister/1.0/export.csv"
out="demo-output"
rm -rf "$out"
mkdir -p "$out"

say() { printf '\n%s\n' "$*"; }
run() { printf '\n$ %s\n' "$*"; "$@"; }

say "An export of the Dutch Algoritmeregister, as its maintainer has it: 60 records of
fictitious bodies, with the dirt of real ones. Which of them are due in the EU
database of the AI Act, under which section, and what is missing?"
run aiexchange gaps "$export" 2> /dev/null

say "The same export as XML for the EU database (our own schema: no official one is
public), as a catalogue for data portals, and as JSON Lines. Nothing is lost on
the way; what could not be read as it should be is told with its row, in
$out/notes.txt."
for name in registrations.xml catalogue.ttl registrations.jsonl; do
  printf '\n$ aiexchange convert %s %s/%s\n' "$export" "$out" "$name"
  aiexchange convert "$export" "$out/$name" 2> "$out/notes.txt"
  tail -n 2 "$out/notes.txt"
done

say "One registration of the XML, from its first line to its first section:"
sed -n '/<Registration /,/<\/SectionA>/p' "$out/registrations.xml" | sed '/<\/SectionA>/q' |
  cut -c1-79 | head -n 24

say "And back again: every value of every record, through each format."
run aiexchange roundtrip "$export" 2> /dev/null
run aiexchange diff "$export" "$out/catalogue.ttl" 2> /dev/null

say "Written:"
ls -1sh "$out"

say "What is missing is listed record by record in a table that opens in a
spreadsheet:

  .venv/bin/aiexchange gaps $export --report csv -o $out/gaps.csv

Then try it on an export of your own, and ask what an item means:

  .venv/bin/aiexchange gaps your-export.csv
  .venv/bin/aiexchange explain C-3"
