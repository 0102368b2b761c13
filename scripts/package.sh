#!/usr/bin/env bash
# usage: scripts/package.sh BINARY
# Makes dist/Corkboard.tar.xz with fyne package and tries its installation in
# a temporary folder. The tool works on a copy, because it writes to
# FyneApp.toml; what opens corkboard: links and bundles is added afterwards,
# because the tool has no setting for it.
set -euo pipefail
export XZ_OPT='-T0 -3'
binary=$(realpath "$1")
here=$PWD

mkdir -p bin dist
go -C scripts/fyne build -o "$here/bin/fyne" fyne.io/tools/cmd/fyne

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/source/assets" "$work/out" "$work/tree" "$work/root"
cp go.mod main.go FyneApp.toml "$work/source/"
cp assets/icon.png "$work/source/assets/"

(cd "$work/out" && "$here/bin/fyne" package --os linux --src "$work/source" --executable "$binary")

tar -C "$work/tree" -xJf "$work/out/Corkboard.tar.xz"
entry=$(find "$work/tree" -name '*.desktop')
types='x-scheme-handler/corkboard;application/vnd.corkboard.bundle;'
sed -i "/^Exec=/a MimeType=$types" "$entry"
share=$(dirname "$(dirname "$entry")")
bundles=mime/packages/org.corkboard.app.xml
install -Dm644 assets/system/org.corkboard.app.xml "$share/$bundles"
# After an installation the desktop learns which program opens the links,
sed -i -E \
  -e '/^\tinstall .*\$\(PREFIX\)\/share\/pixmaps/a \	-update-desktop-database $(DESTDIR)$(PREFIX)/share/applications' \
  -e '/^\tinstall .*\$\(HOME\)\/.local\/share\/icons/a \	-update-desktop-database $(DESTDIR)$(HOME)/.local/share/applications' \
  "$work/tree/Makefile"
# and before, what bundles are.
for rule in 'install $(PREFIX)' 'user-install $(HOME)/.local'; do
  name=${rule%% *} to='$(DESTDIR)'${rule#* }/share
  printf '\n%s: %s-types\n%s-types:\n' "$name" "$name" "$name"
  printf '\tinstall -Dm00644 %s/%s %s/%s\n' "${share#"$work/tree/"}" "$bundles" "$to" "$bundles"
  printf '\t-update-mime-database %s/mime 2>/dev/null\n' "$to"
  printf '\n%s: %s-types\n%s-types:\n' "${name/install/uninstall}" "${name/install/uninstall}" "${name/install/uninstall}"
  printf '\t-rm %s/%s\n' "$to" "$bundles"
  printf '\t-update-mime-database %s/mime 2>/dev/null\n' "$to"
done >>"$work/tree/Makefile"

tar -C "$work/tree" --sort=name --owner=0 --group=0 -cJf dist/Corkboard.tar.xz .

# Try it: what is in the package leaves nothing behind,
mkdir "$work/gone"
tar -C "$work/gone" -xJf dist/Corkboard.tar.xz
make -s -C "$work/gone" install uninstall DESTDIR="$work/gone/root" PREFIX=/usr
test -z "$(find "$work/gone/root" -name 'org.corkboard*' -o -name corkboard)"

# Try it: what is in the package installs, is valid and starts.
mkdir "$work/fresh"
tar -C "$work/fresh" -xJf dist/Corkboard.tar.xz
make -s -C "$work/fresh" install DESTDIR="$work/root" PREFIX=/usr
installed=$work/root/usr/share/applications/org.corkboard.app.desktop
desktop-file-validate "$installed"
grep -qx 'Exec=corkboard %u' "$installed"
grep -qx "MimeType=$types" "$installed"
for type in x-scheme-handler/corkboard application/vnd.corkboard.bundle; do
  grep -qF "$type=org.corkboard.app.desktop" "$work/root/usr/share/applications/mimeinfo.cache"
done
grep -qx 'application/vnd.corkboard.bundle:\*.corkbundle' "$work/root/usr/share/mime/globs"
test -s "$work/root/usr/share/pixmaps/org.corkboard.app.png"
cmp "$binary" "$work/root/usr/bin/corkboard"

# The installed program writes a profile, and its desktop entry, started as a
# desktop would with a link to click on, shows a window on the linked board.
export HOME=$work/home PATH=$work/root/usr/bin:$PATH
mkdir "$HOME"
echo "# A note" >"$work/note.md"
corkboard add "$work/note.md" >/dev/null
link=$(corkboard status --json | sed -n 's/.*"home": "\(.*\)".*/\1/p')
command=$(sed -n 's/^Exec=//p' "$installed")
scripts/xvfb.sh bash -euo pipefail -c '
  $1 >/dev/null 2>&1 &
  program=$!
  trap "kill $program 2>/dev/null || true" EXIT
  for _ in $(seq 100); do
    xdotool search --name "^Home – Corkboard$" >/dev/null 2>&1 && exit 0
    kill -0 $program
    sleep 0.1
  done
  echo "package: the desktop entry showed no window" >&2
  exit 1' entry "${command/\%u/$link}"
echo "package: dist/Corkboard.tar.xz ($(du -h dist/Corkboard.tar.xz | cut -f1)) installs and owns corkboard: links and bundles"
