#!/bin/sh
# Installs CRM Pilot for one person, without administrator rights, or takes it away again:
#
#   packaging/linux/install.sh [FOLDER]      FOLDER is what `python3 run.py package` made
#   packaging/linux/install.sh --uninstall
#
# The program goes to ~/.local/lib/crm-pilot; the command, the entry in the menu, the file type
# .crmp and the icons beside it. Projects, settings and dated copies are never touched.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
root=$(dirname "$(dirname "$here")")
bin=$HOME/.local/bin
lib=$HOME/.local/lib
data=${XDG_DATA_HOME:-$HOME/.local/share}
icons=$data/icons/hicolor

refresh() {
    # Each is a convenience: where a tool is missing the desktop finds out at the next login.
    if command -v update-mime-database >/dev/null; then
        update-mime-database "$data/mime" 2>/dev/null || true
    fi
    if command -v update-desktop-database >/dev/null; then
        update-desktop-database "$data/applications" 2>/dev/null || true
    fi
    [ ! -d "$icons" ] || touch "$icons"
}

uninstall() {
    rm -rf "$lib/crm-pilot"
    rm -f "$bin/crm-pilot" "$data/applications/crm-pilot.desktop" "$data/mime/packages/crm-pilot.xml"
    rm -f "$icons"/*/apps/crm-pilot.png "$icons"/*/mimetypes/application-x-crm-pilot.png
    rm -f "$icons/scalable/apps/crm-pilot.svg" "$icons/scalable/mimetypes/application-x-crm-pilot.svg"
}

if [ "${1:-}" = "--uninstall" ]; then
    uninstall
    refresh
    echo "CRM Pilot is no longer installed. Your projects and settings are still there."
    exit 0
fi

folder=${1:-$root/dist/crm-pilot}
if [ ! -x "$folder/crm-pilot" ]; then
    echo "There is no program in “$folder”. Make it with: python3 run.py package" >&2
    exit 2
fi

mkdir -p "$bin" "$lib" "$data/applications" "$data/mime/packages"
# The new folder is complete before the old one goes.
rm -rf "$lib/crm-pilot.new"
cp -R "$folder" "$lib/crm-pilot.new"
uninstall
mv "$lib/crm-pilot.new" "$lib/crm-pilot"
ln -s "$lib/crm-pilot/crm-pilot" "$bin/crm-pilot"

# Menus do not always search ~/.local/bin: the entry names the whole path, quoted for spaces.
program=$(printf '%s' "$lib/crm-pilot/crm-pilot" | sed 's/[&|\\]/\\&/g')
sed -e "s|^Exec=crm-pilot|Exec=\"$program\"|" -e "s|^TryExec=.*|TryExec=$program|" \
    "$here/crm-pilot.desktop" >"$data/applications/crm-pilot.desktop"
cp "$here/crm-pilot.xml" "$data/mime/packages/crm-pilot.xml"
for size in 16 24 32 48 64 128 256 512; do
    mkdir -p "$icons/${size}x$size/apps" "$icons/${size}x$size/mimetypes"
    cp "$root/packaging/icons/app-$size.png" "$icons/${size}x$size/apps/crm-pilot.png"
    cp "$root/packaging/icons/document-$size.png" "$icons/${size}x$size/mimetypes/application-x-crm-pilot.png"
done
mkdir -p "$icons/scalable/apps" "$icons/scalable/mimetypes"
cp "$root/resources/icons/app.svg" "$icons/scalable/apps/crm-pilot.svg"
cp "$root/packaging/icons/document.svg" "$icons/scalable/mimetypes/application-x-crm-pilot.svg"
refresh

echo "CRM Pilot is installed. Start it from the menu, with a double click on a .crmp file, or with:"
echo "  $bin/crm-pilot"
