package arch

import (
	"fmt"
	"slices"
	"strings"
)

// A Violation is one import or call that the house forbids.
type Violation struct {
	From  string   // folder of ours
	To    string   // package, or call with its place
	Chain []string // the packages between them, when the import is indirect
	Why   string
}

func (v Violation) String() string {
	through := ""
	if len(v.Chain) > 0 {
		through = " through " + strings.Join(v.Chain, ", ")
	}
	return fmt.Sprintf("%s uses %s%s: %s", v.From, v.To, through, v.Why)
}

// Check returns everything in the graph that breaks a rule, in order of the
// packages. It reads no files; CheckCalls does.
func Check(g Graph) []Violation {
	var found []Violation
	for _, path := range g.ours() {
		p := g[path]
		found = append(found, checkFloors(p)...)
		found = append(found, checkNevers(g, p)...)
		found = append(found, checkDoors(p)...)
	}
	return found
}

func checkFloors(p Package) []Violation {
	from, _ := folder(p.Path)
	if _, ok := room(from); !ok {
		return []Violation{{From: from, To: "no floor", Why: "every folder has a floor: give it a line in internal/arch/floors.go"}}
	}
	var found []Violation
	for _, path := range p.Imports {
		if to, ok := folder(path); ok && !mayImport(from, to) {
			found = append(found, Violation{From: from, To: to, Why: whyDown})
		}
	}
	return found
}

func checkNevers(g Graph, p Package) []Violation {
	from, _ := folder(p.Path)
	var found []Violation
	for _, rule := range nevers {
		if !withinAny(from, rule.who) || withinAny(from, rule.except) && !slices.Contains(rule.what, thirdParty) {
			continue
		}
		if rule.transitive {
			found = append(found, reach(g, p, rule)...)
			continue
		}
		for _, path := range p.Imports {
			if rule.forbids(g, path) {
				found = append(found, Violation{From: from, To: path, Why: rule.why})
			}
		}
	}
	return found
}

func (rule never) forbids(g Graph, path string) bool {
	if slices.Contains(rule.what, thirdParty) {
		_, ours := folder(path)
		if !ours && !isStandard(g, path) {
			return true
		}
	}
	return withinAny(path, rule.what) && !withinAny(path, rule.whatBut)
}

// isStandard says whether path is of the standard library. The graph knows;
// for a path outside of it the dot in a host name decides.
func isStandard(g Graph, path string) bool {
	if p, ok := g[path]; ok {
		return p.Standard
	}
	first, _, _ := strings.Cut(path, "/")
	return !strings.Contains(first, ".")
}

// reach looks for what the rule forbids in everything that p needs, nearest
// first, and returns at most one violation with the shortest chain.
func reach(g Graph, p Package, rule never) []Violation {
	came := map[string]string{p.Path: ""}
	queue := []string{p.Path}
	for len(queue) > 0 {
		at := queue[0]
		queue = queue[1:]
		for _, next := range g[at].Imports {
			if _, seen := came[next]; seen {
				continue
			}
			came[next] = at
			if rule.forbids(g, next) {
				from, _ := folder(p.Path)
				return []Violation{{From: from, To: next, Chain: chain(came, at, p.Path), Why: rule.why}}
			}
			queue = append(queue, next)
		}
	}
	return nil
}

func chain(came map[string]string, at, start string) []string {
	var between []string
	for ; at != start; at = came[at] {
		between = append(between, at)
	}
	slices.Reverse(between)
	return between
}

func checkDoors(p Package) []Violation {
	from, _ := folder(p.Path)
	var found []Violation
	for _, rule := range doors {
		if withinAny(from, rule.who) {
			continue
		}
		imports := p.Imports
		if rule.tests {
			imports = slices.Concat(p.Imports, p.TestImports)
		}
		for _, path := range imports {
			if withinAny(path, rule.what) && !withinAny(path, rule.whatBut) {
				found = append(found, Violation{From: from, To: path, Why: rule.why})
			}
		}
	}
	return found
}
