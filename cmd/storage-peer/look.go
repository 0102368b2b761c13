package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"text/tabwriter"
	"time"

	"corkboard/net/blind"
)

// looking opens the store for reading, has something done with it, and closes it.
func (p *program) looking(do func(*blind.Store) error) error {
	store, err := p.look()
	if err != nil {
		return err
	}
	return errors.Join(do(store), store.Close())
}

// status prints who stores how much.
func (p *program) status(ctx context.Context, args []string) error {
	if err := p.parse(args, 0); err != nil {
		return err
	}
	return p.looking(func(store *blind.Store) error { return p.printStatus(ctx, store) })
}

func (p *program) printStatus(ctx context.Context, store *blind.Store) error {
	tenants, err := store.Tenants(ctx)
	if err != nil {
		return err
	}
	spaces, err := store.Spaces(ctx)
	if err != nil {
		return err
	}
	free, err := store.Free()
	if err != nil {
		return err
	}
	id, err := blind.DeviceID(p.data)
	if err != nil {
		return err
	}
	w := tabwriter.NewWriter(p.out, 0, 0, 2, ' ', 0)
	fmt.Fprintf(w, "storage peer\t%s\n", id)
	fmt.Fprintf(w, "free\t%s\n", size(free))
	fmt.Fprintf(w, "owner\t%s\n\n", owner(tenants))
	fmt.Fprintln(w, "tenant\tused\tquota\tnamespaces\tsince\tlast seen")
	for _, t := range tenants {
		name := strconv.FormatInt(t.ID, 10)
		if t.Owner {
			name += " (owner)"
		}
		quota := "no limit"
		if t.Quota > 0 {
			quota = size(t.Quota)
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%d\t%s\t%s\n", name, size(t.Used), quota, t.Namespaces, day(t.Created), day(t.Seen))
	}
	fmt.Fprintln(w, "\nnamespace\ttenant\titems\tpieces\tsize\tsince")
	for _, n := range spaces {
		fmt.Fprintf(w, "%d\t%d\t%d\t%d\t%s\t%s\n", n.ID, n.Tenant, n.Items, n.Pieces, size(n.Size), day(n.Created))
	}
	return w.Flush()
}

func owner(tenants []blind.Tenant) string {
	for _, t := range tenants {
		if t.Owner {
			return "yes"
		}
	}
	return "none yet: open the link (storage-peer link)"
}

// verify reads everything.
func (p *program) verify(ctx context.Context, args []string) error {
	if err := p.parse(args, 0); err != nil {
		return err
	}
	return p.looking(func(store *blind.Store) error { return p.verifyStore(ctx, store) })
}

func (p *program) verifyStore(ctx context.Context, store *blind.Store) error {
	r, err := store.Verify(ctx)
	if err != nil {
		return err
	}
	fmt.Fprintf(p.out, "%d tenants, %d namespaces, %d items, %d pieces of files, %s\n",
		r.Tenants, r.Namespaces, r.Items, r.Pieces, size(r.Bytes))
	for _, problem := range r.Problems {
		fmt.Fprintf(p.err, "storage-peer: %s\n", problem)
	}
	if r.More > 0 {
		fmt.Fprintf(p.err, "storage-peer: and %d more\n", r.More)
	}
	if !r.OK() {
		return errDamage
	}
	fmt.Fprintln(p.out, "everything is as it was stored")
	return nil
}

// export writes a namespace as a bundle file.
func (p *program) export(ctx context.Context, args []string) error {
	var namespace int64
	p.flags.Int64Var(&namespace, "namespace", 0, "its number in status")
	if err := p.parse(args, 1); err != nil {
		return err
	}
	if namespace <= 0 {
		return p.wrong("--namespace is missing: its number in status")
	}
	var out blind.Exported
	err := p.looking(func(store *blind.Store) error {
		return blind.WriteWhole(p.flags.Arg(0), func(w io.Writer) (err error) {
			out, err = store.Export(ctx, namespace, w)
			return err
		})
	})
	if err != nil {
		return fmt.Errorf("exporting: %w", err)
	}
	fmt.Fprintf(p.out, "%d sealed chunks and %d pieces of files written\n", out.Items, out.Pieces)
	if out.Newer > 0 {
		fmt.Fprintf(p.err, "storage-peer: %d chunks of a later program are not in the file\n", out.Newer)
	}
	return nil
}

// size is bytes for people.
func size(n int64) string {
	for _, u := range []struct {
		bytes int64
		name  string
	}{{1e12, "TB"}, {1e9, "GB"}, {1e6, "MB"}, {1e3, "kB"}} {
		if n >= u.bytes {
			return fmt.Sprintf("%.1f %s", float64(n)/float64(u.bytes), u.name)
		}
	}
	return fmt.Sprintf("%d bytes", n)
}

// day is a time in seconds since 1970 for people.
func day(seconds int64) string {
	if seconds == 0 {
		return "never"
	}
	return time.Unix(seconds, 0).UTC().Format("2006-01-02 15:00")
}
