# shellcheck shell=bash
# Shared by every script: where things are, how steps are named and counted. Sourced, never run.
set -euo pipefail

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
cd "$root"

# Outside the clone, so that every clone on the machine shares what is compiled and installed once.
export TRADEPOST_CACHE="${TRADEPOST_CACHE:-$HOME/.cache/tradepost}"
export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-$TRADEPOST_CACHE/target}"
export PATH="$TRADEPOST_CACHE/tools/bin:$HOME/.cargo/bin:$PATH"
export PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1
mkdir -p "$TRADEPOST_CACHE" "$CARGO_TARGET_DIR"

# The step's name, and how long it usually takes on two cores.
step() {
  local name="$1" usual="${2:-}"
  finish_step
  step_name="$name" step_start=$SECONDS
  printf '\n==> %s%s\n' "$name" "${usual:+ (usually $usual)}"
}

finish_step() {
  if [ -n "${step_name:-}" ]; then
    printf '    %s: %s s\n' "$step_name" "$((SECONDS - step_start))"
  fi
  step_name=
}

say() { printf '    %s\n' "$*"; }

fail() {
  printf 'error: %s\n' "$*" >&2
  exit 1
}

# One hash over the contents of files and folders, whatever their dates.
hash_of() {
  find "$@" -type f -not -path '*/node_modules/*' -print0 2>/dev/null | LC_ALL=C sort -z | xargs -0 -r sha256sum | sha256sum | cut -c1-16
}

# `npm ci` in a folder with a lock file, only when the lock file changed since.
npm_install() {
  local folder="$1" stamp="$1/node_modules/.tradepost-lock" wanted
  wanted="$(hash_of "$folder/package-lock.json" "$folder/package.json")"
  if [ "$(cat "$stamp" 2>/dev/null)" != "$wanted" ]; then
    npm ci --prefix "$folder" --no-audit --no-fund --loglevel=error
    echo "$wanted" >"$stamp"
  fi
}

# Clones share one target folder, where a program's name is the same for all of them: what this clone built is linked
# into it before another clone may build. Call within `with_build_lock`.
with_build_lock() {
  exec 8>"$CARGO_TARGET_DIR/.tradepost-build-lock"
  flock 8
  "$@"
  exec 8>&-
}

# A copy beside the source for free where the file system allows it.
place() {
  mkdir -p "$(dirname "$2")"
  if ! [ "$1" -ef "$2" ]; then
    ln -f "$1" "$2" 2>/dev/null || cp -f "$1" "$2"
  fi
}

free_port() {
  node -e 'const s = require("node:net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); })'
}
