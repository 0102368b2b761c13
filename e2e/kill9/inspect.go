package kill9

import (
	"context"
	"fmt"
	"time"

	"corkboard/docstore"
	"corkboard/internal/ledger"
)

// patience bounds how long the check of a profile may take.
const patience = 20 * time.Second

// findings are what a reopened profile showed.
type findings struct {
	reopen   time.Duration // until every document was readable
	lost     []string
	problems []string // of Store.Check
}

// inspect opens a profile and compares it with what was said.
func inspect(profile string, l *ledger.Ledger) (f findings, err error) {
	began := time.Now()
	s, err := docstore.Open(profile, storeOptions())
	if err != nil {
		return f, fmt.Errorf("opening again: %w", err)
	}
	defer func() {
		if e := s.Abandon(); err == nil && e != nil {
			err = fmt.Errorf("closing again: %w", e)
		}
	}()
	opened := time.Since(began)
	f.lost, f.reopen, err = l.Lost(context.Background(), s)
	f.reopen += opened
	if err != nil {
		return f, err
	}
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	report, err := s.Check(ctx)
	for _, p := range report.Problems {
		f.problems = append(f.problems, fmt.Sprintf("%s: %s", p.Document, p.What))
	}
	return f, err
}
