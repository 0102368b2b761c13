package cmdline

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"net/netip"
	"net/url"
	"path/filepath"
	"slices"
	"strings"

	"corkboard/app"
	"corkboard/app/clipper"
)

// arguments is what was typed.
type arguments struct {
	verb    string // "" is the window
	words   []string
	profile string
	board   string
	browser string
	format  string
	scale   float64
	json    bool
	version bool
	help    bool
	offline bool
	listen  []string
	webTest netip.AddrPort // tests have a server of their own, which pages are fetched from
}

// errUsage says that the arguments make no sense; its text is for a person.
var errUsage = errors.New("")

func usage(format string, args ...any) error {
	return fmt.Errorf("%w"+format, append([]any{errUsage}, args...)...)
}

// verbs, how many words they take, and which.
var verbs = map[string]struct {
	min, max int
	takes    string
}{
	"add":      {1, 1 << 20, "at least one file"},
	"status":   {0, 0, "nothing more"},
	"export":   {2, 2, "a board and a folder or file"},
	"import":   {1, 1 << 20, "at least one file"},
	"check":    {0, 0, "nothing more"},
	"clipper":  {1, 1, "install, remove or status"},
	"register": {0, 1, "nothing more, or remove"},
	"backup":   {1, 1, "the file of the backup"},
	"restore":  {1, 1, "the file of the backup"},
	"help":     {0, 1 << 20, ""},
}

// parse reads the arguments; options may stand anywhere before "--".
func parse(args []string) (arguments, error) {
	var a arguments
	set := flag.NewFlagSet("corkboard", flag.ContinueOnError)
	set.SetOutput(io.Discard)
	set.Usage = func() {}
	set.StringVar(&a.profile, "profile", "", "")
	set.StringVar(&a.board, "board", "", "")
	set.StringVar(&a.browser, "browser", "", "")
	set.StringVar(&a.format, "format", "", "")
	set.Float64Var(&a.scale, "scale", 0, "")
	set.BoolVar(&a.json, "json", false, "")
	set.BoolVar(&a.version, "version", false, "")
	set.BoolVar(&a.offline, "offline", false, "")
	// Not in the help: it takes away a protection.
	set.Func("allow-web-for-tests", "", func(at string) (err error) {
		a.webTest, err = netip.ParseAddrPort(at)
		return err
	})
	set.Func("listen", "", func(at string) error {
		a.listen = append(a.listen, at)
		return nil
	})
	var words []string
	plain := len(args) // words from here on are no verb and no option
	for rest := args; len(rest) > 0; {
		err := set.Parse(rest)
		if errors.Is(err, flag.ErrHelp) {
			a.help = true
			return a, nil
		}
		if err != nil {
			return a, usage("%v", err)
		}
		left := set.Args()
		if n := len(rest) - len(left); n > 0 && rest[n-1] == "--" {
			plain = len(words)
			words = append(words, left...)
			break
		}
		if len(left) == 0 {
			break
		}
		words, rest = append(words, left[0]), left[1:]
	}
	a.words = words
	if plain > 0 && len(words) > 0 {
		if _, ok := verbs[words[0]]; ok {
			a.verb, a.words = words[0], words[1:]
		}
	}
	return a, a.fill(set)
}

// belongs is the verbs that take an option which not all take; "" is the window.
var belongs = map[string][]string{
	"board": {"add", "import"}, "json": {"status"}, "offline": {""}, "listen": {""}, "allow-web-for-tests": {""},
	"format": {"export"}, "browser": {"clipper"}, "scale": {"export"},
}

// fill completes and checks the arguments.
func (a *arguments) fill(set *flag.FlagSet) error {
	a.help = a.help || a.verb == "help"
	if a.help || a.version {
		return nil
	}
	var err error
	set.Visit(func(f *flag.Flag) {
		only, limited := belongs[f.Name]
		switch {
		case limited && !slices.Contains(only, a.verb) && only[0] == "":
			err = usage("--%s belongs to the window", f.Name)
		case limited && !slices.Contains(only, a.verb):
			err = usage("--%s belongs to “corkboard %s”", f.Name, only[0])
		}
		if f.Name == "profile" && a.profile == "" {
			err = usage("--profile needs a folder")
		}
	})
	if err != nil {
		return err
	}
	if a.format != "" && !slices.Contains(app.Formats, app.Format(a.format)) {
		return usage("“%s” is no format for boards", a.format)
	}
	if a.scale < 0 {
		return usage("--scale takes a number above 0")
	}
	if v, ok := verbs[a.verb]; ok && (len(a.words) < v.min || len(a.words) > v.max) {
		return usage("“corkboard %s” takes %s", a.verb, v.takes)
	}
	if a.verb == "restore" && a.profile == "" {
		return usage("“corkboard restore” needs --profile and a new folder")
	}
	if err := errors.Join(a.fillClipper(), a.fillRegister()); err != nil {
		return err
	}
	if a.profile == "" {
		places, err := allWorkspaces()
		if err != nil {
			return usage("there is no usual place for a profile here; name one with --profile")
		}
		a.profile = places.Last()
	}
	if a.profile, err = filepath.Abs(a.profile); err != nil {
		return usage("the profile's folder cannot be found")
	}
	return nil
}

// fillClipper checks the arguments of clipper.
func (a *arguments) fillClipper() error {
	if a.verb == "clipper" && !slices.Contains([]string{"install", "remove", "status"}, a.words[0]) {
		return usage("“corkboard clipper” takes install, remove or status")
	}
	if _, known := clipper.Find(a.browser); a.browser != "" && !known {
		return usage("“%s” is none of the browsers %s", a.browser, browserNames())
	}
	return nil
}

// fillRegister checks the arguments of register.
func (a *arguments) fillRegister() error {
	if a.verb == "register" && len(a.words) == 1 && a.words[0] != "remove" {
		return usage("“corkboard register” takes nothing more, or remove")
	}
	return nil
}

// opening splits what the window should show into a link and files.
func (a arguments) opening() (link string, files []string, err error) {
	for _, w := range a.words {
		if isLink(w) {
			if link != "" {
				return "", nil, usage("one link at a time")
			}
			link = w
			continue
		}
		files = append(files, w)
	}
	files, err = absolute(files)
	return link, files, err
}

// isLink tells links, also broken and foreign ones, from files.
func isLink(word string) bool {
	return slices.ContainsFunc([]string{"corkboard:", "hypermerge:"}, func(scheme string) bool {
		return len(word) >= len(scheme) && strings.EqualFold(word[:len(scheme)], scheme)
	})
}

// absolute makes paths that mean the same in another process. Desktops hand
// files over as addresses.
func absolute(words []string) ([]string, error) {
	var out []string
	for _, w := range words {
		if u, err := url.Parse(w); err == nil && u.Scheme == "file" && u.Path != "" {
			w = filepath.FromSlash(u.Path)
		}
		path, err := filepath.Abs(w)
		if err != nil {
			return nil, fmt.Errorf("finding %q: %w", w, err)
		}
		out = append(out, path)
	}
	return out, nil
}
