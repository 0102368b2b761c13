package programs

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// desk is where the programs of a desktop are described.
type desk struct {
	config   []string // folders of settings, what counts first in front
	data     []string // folders of data, likewise
	desktops []string // names of the desktop, lower case, likewise
	language string
	there    func(command string) bool
}

// maxPrograms bounds how many desktop entries are looked at.
const maxPrograms = 10_000

// lists are the files that say what opens which type, what counts first in front.
func (d desk) lists() (out []string) {
	names := []string{}
	for _, desktop := range d.desktops {
		names = append(names, desktop+"-mimeapps.list")
	}
	names = append(names, "mimeapps.list")
	for _, dir := range d.config {
		for _, n := range names {
			out = append(out, filepath.Join(dir, n))
		}
	}
	for _, dir := range d.data {
		for _, n := range names {
			out = append(out, filepath.Join(dir, "applications", n))
		}
	}
	return out
}

// forTypes is the programs for the types of a file: the usual one first, then those that
// were put there, then those that say so themselves, then those for what a type is a kind of.
func (d desk) forTypes(mimes ...string) []Program {
	all := d.entries()
	var out []Program
	seen := map[string]bool{}
	for _, kind := range d.kinds(mimes...) {
		for _, id := range d.ids(kind, all) {
			e, ok := all[id]
			if !ok || seen[id] {
				continue
			}
			seen[id] = true
			if p, ok := e.program(d.language, d.there); ok {
				out = append(out, p)
			}
		}
	}
	return out
}

// ids is the entries for exactly a type, in order.
func (d desk) ids(mime string, all map[string]entry) (out []string) {
	var defaults, added []string
	removed := map[string]bool{}
	for _, path := range d.lists() {
		groups, err := readGroups(path, maxList)
		if err != nil {
			continue
		}
		defaults = append(defaults, list(groups["Default Applications"][mime])...)
		for _, id := range list(groups["Added Associations"][mime]) {
			if !removed[id] {
				added = append(added, id)
			}
		}
		for _, id := range list(groups["Removed Associations"][mime]) {
			removed[id] = !slices.Contains(added, id)
		}
	}
	out = slices.Concat(defaults, added)
	for _, dir := range d.data {
		for _, id := range d.saying(dir, mime, all) {
			if !removed[id] {
				out = append(out, id)
			}
		}
	}
	return out
}

// saying is the entries in a folder of data that name a type: by the cache that lies there,
// or where there is none by themselves.
func (d desk) saying(dir, mime string, all map[string]entry) (out []string) {
	groups, err := readGroups(filepath.Join(dir, "applications", "mimeinfo.cache"), maxList)
	if err == nil {
		return list(groups["MIME Cache"][mime])
	}
	for id, e := range all {
		if strings.HasPrefix(e.path, filepath.Join(dir, "applications")+string(filepath.Separator)) && slices.Contains(list(e.keys["MimeType"]), mime) {
			out = append(out, id)
		}
	}
	slices.Sort(out)
	return out
}

// entries is all desktop entries by id: the path below its folder, with dashes. Of equal ids
// the first counts.
func (d desk) entries() map[string]entry {
	out := map[string]entry{}
	for _, dir := range d.data {
		root := filepath.Join(dir, "applications")
		_ = filepath.WalkDir(root, func(path string, f fs.DirEntry, err error) error {
			if err != nil || f.IsDir() || !strings.HasSuffix(path, ".desktop") {
				return nil // what cannot be read offers nothing
			}
			if len(out) == maxPrograms {
				return fs.SkipAll
			}
			name, err := filepath.Rel(root, path)
			id := strings.ReplaceAll(filepath.ToSlash(name), "/", "-")
			if _, before := out[id]; before || err != nil {
				return nil
			}
			groups, err := readGroups(path, maxEntry)
			if err == nil {
				out[id] = entry{id, path, groups["Desktop Entry"]}
			}
			return nil
		})
	}
	return out
}

// kinds is types and what they are kinds of, the nearest first: as the system's list says,
// and all text is plain text.
func (d desk) kinds(mimes ...string) []string {
	out := slices.Clone(mimes)
	parents := map[string][]string{}
	for _, dir := range d.data {
		f, err := os.ReadFile(filepath.Join(dir, "mime", "subclasses"))
		if err != nil || len(f) > maxList {
			continue
		}
		for line := range strings.Lines(string(f)) {
			if child, parent, ok := strings.Cut(strings.TrimSpace(line), " "); ok {
				parents[child] = append(parents[child], parent)
			}
		}
	}
	for n := 0; n < len(out) && n < 32; n++ {
		for _, p := range parents[out[n]] {
			if !slices.Contains(out, p) {
				out = append(out, p)
			}
		}
	}
	isText := func(kind string) bool { return strings.HasPrefix(kind, "text/") }
	if slices.ContainsFunc(mimes, isText) && !slices.Contains(out, "text/plain") {
		out = append(out, "text/plain")
	}
	return out
}
