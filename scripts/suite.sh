# shellcheck shell=bash
# Counting for scripts/test: every check and every test runner's closing line ends up in one sum. Sourced after lib.sh.
passed=0 failed=0 skipped=0
logs="${root:?}/target/test-logs"
mkdir -p "$logs"

# The sum of the numbers before a word in closing lines such as `test result: ok. 12 passed; 0 failed; 1 ignored; …`.
sum_before() {
  awk -v word="$2" '{ line = $0; while (match(line, "[0-9]+ " word)) { split(substr(line, RSTART, RLENGTH), part, " "); sum += part[1]; line = substr(line, RSTART + RLENGTH) } } END { print sum + 0 }' <<<"$1"
}

# A check that either holds or does not: `check NAME USUAL COMMAND…`.
check() {
  local name="$1" usual="$2"
  shift 2
  step "$name" "$usual"
  if "$@"; then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
    failures+=("$name")
  fi
}

# A test runner whose closing lines are counted: `suite NAME USUAL COMMAND…`. One that dies uncounted is one failure.
# One that hangs is ended: no test asserts a time, but a run that never ends tells nothing.
# A test that cannot run here returns early, so that its runner counts it as passed; it tells us in the file TRADEPOST_SKIPPED.
suite() {
  local name="$1" usual="$2" log lines status=0 red early
  shift 2
  log="$logs/$(tr -c 'a-zA-Z0-9\n' '-' <<<"$name").log"
  export TRADEPOST_SKIPPED="${log%.log}.skipped"
  : >"$TRADEPOST_SKIPPED"
  step "$name" "$usual"
  timeout --kill-after=30 2400 "$@" 2>&1 | tee "$log" || status=$?
  if [ "$status" = 124 ] || [ "$status" = 137 ]; then say "ended after 40 min: a test hangs"; fi
  lines="$(sed 's/\x1b\[[0-9;]*m//g' "$log" | grep -E '^test result: |^ +[0-9]+ (passed|failed|skipped|flaky|did not run|interrupted)' || true)"
  red="$(sum_before "$lines" failed)"
  if [ "$status" != 0 ] && [ "$red" = 0 ]; then red=1; fi
  # One line a test, even if it misses several things.
  early="$(sort -u -t ' ' -k 1,1 "$TRADEPOST_SKIPPED")"
  if [ -n "$early" ]; then printf 'skipped: %s\n' "${early//$'\n'/$'\n'skipped: }"; fi
  early="$(grep -c . <<<"$early" || true)"
  passed=$((passed + $(sum_before "$lines" passed) - early))
  failed=$((failed + red))
  skipped=$((skipped + $(sum_before "$lines" ignored) + $(sum_before "$lines" skipped) + $(sum_before "$lines" 'did not run') + early))
  if [ "$red" != 0 ]; then
    failures+=("$name")
    reds="$reds$(red_tests "$log" | sed "s/^/$name: /")"$'\n'
  fi
}

# The tests that failed, by the names that cargo and Playwright give them, each followed by what it said first.
red_tests() {
  sed 's/\x1b\[[0-9;]*m//g' "$1" | awk '
    /^ +[0-9]+\) \[/ { sub(/^ +/, ""); sub(/ ─+$/, ""); if (!seen[$0]++) { print; said = 3 } next }
    /^---- .* stdout ----$/ { print; said = 3; next }
    said > 0 && NF { print "    " substr($0, 1, 300); said-- }'
}

# The last line is the plain form that any machine reads.
close_suite() {
  finish_step
  printf '\n'
  # Whoever sees only the end of a long run sees which.
  if [ -n "$reds" ]; then printf '%s\n' "$reds" | tail -60; fi
  if [ "${#failures[@]}" != 0 ]; then printf 'failed: %s\n' "${failures[@]}"; fi
  printf '%s passed, %s failed%s\n' "$passed" "$failed" "$([ "$skipped" = 0 ] || printf ', %s skipped' "$skipped")"
  [ "$failed" = 0 ] && [ "$passed" != 0 ]
}
failures=()
reds=""
