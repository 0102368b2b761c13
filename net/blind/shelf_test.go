package blind

import (
	"bytes"
	"errors"
	"io"
	"testing"

	"corkboard/chunk"
	"corkboard/net/blobsync"
)

const pieceSize = blobsync.PieceSize + 17

func aPiece(t *testing.T, random io.Reader) []byte {
	t.Helper()
	b := make([]byte, pieceSize)
	if _, err := io.ReadFull(random, b); err != nil {
		t.Fatal(err)
	}
	return b
}

func TestPiecesAreThereAfterAStart(t *testing.T) {
	dir := t.TempDir()
	s := openStore(t, dir, Options{})
	tenant, err := s.AddTenant(secretOf(1), 0)
	if err != nil {
		t.Fatal(err)
	}
	id, other := register(t, s, tenant, 2), register(t, s, tenant, 3)
	ctx, random, h := t.Context(), chance(1), blobsync.Handle{7}
	f := s.Shelf(id)
	bodies := map[blobsync.Index][]byte{0: aPiece(t, random), 9: aPiece(t, random), blobsync.ManifestIndex(1): aPiece(t, random)}
	for i, b := range bodies {
		lent := bytes.Clone(b)
		if err := f.Store(ctx, h, i, lent); err != nil {
			t.Fatal(err)
		}
		clear(lent)
	}
	if err := f.Sync(ctx); err != nil {
		t.Fatal(err)
	}
	if err := f.Store(ctx, h, 0, aPiece(t, random)); err != nil { // it is there already
		t.Fatal(err)
	}
	if err := f.Sync(ctx); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s = openStore(t, dir, Options{})
	for _, from := range []int64{id, other} {
		f = s.Shelf(from)
		p, err := f.Present(ctx, h)
		if err != nil || p.Content.Count() != 2 || !p.Content.Has(0) || !p.Content.Has(9) || p.Manifest.Count() != 1 || !p.Manifest.Has(1) {
			t.Fatalf("%v, %v", p, err)
		}
		for i, want := range bodies {
			if got, err := f.Piece(ctx, h, i); err != nil || !bytes.Equal(got, want) {
				t.Errorf("%v: %d other bytes, %v", i, len(got), err)
			}
		}
		_, err = f.Piece(ctx, h, 1)
		wants(t, err, blobsync.ErrAbsent)
	}
	if p, err := f.Present(ctx, blobsync.Handle{8}); err != nil || p.Content != nil || p.Manifest != nil {
		t.Errorf("of an unknown file there is %v, %v", p, err)
	}
	if r := sound(t, s); r.Pieces != 3 || r.Bytes != 3*pieceSize {
		t.Errorf("%+v", r)
	}
	if got, err := s.Tenant(ctx, tenant); err != nil || got.Used != 3*(pieceSize+overhead) {
		t.Errorf("%+v, %v", got, err)
	}
	if err := s.Release(tenant, secretOf(2)); err != nil {
		t.Fatal(err)
	}
	swept(t, s)
	if r := sound(t, s); r.Pieces != 0 {
		t.Errorf("%+v", r)
	}
	wants(t, s.Shelf(id).Store(ctx, h, 0, aPiece(t, random)), blobsync.ErrRefused)
}

// A member reads the pieces of a namespace from a file as well, and no others.
func TestPiecesAreExported(t *testing.T) {
	s := openStore(t, t.TempDir(), Options{})
	tenant, err := s.AddTenant(secretOf(1), 0)
	if err != nil {
		t.Fatal(err)
	}
	random := chance(4)
	bodies := map[uint32][]byte{}
	id := register(t, s, tenant, 2)
	for n, namespace := range []int64{register(t, s, tenant, 3), id, id} {
		i, b := blobsync.Index(n), aPiece(t, random)
		f := s.Shelf(namespace)
		if err := errors.Join(f.Store(t.Context(), blobsync.Handle{byte(namespace)}, i, b), f.Sync(t.Context())); err != nil {
			t.Fatal(err)
		}
		if namespace == id {
			bodies[uint32(i)] = b
		}
	}
	var file bytes.Buffer
	out, err := s.Export(t.Context(), id, &file)
	if err != nil || out.Pieces != len(bodies) {
		t.Fatalf("%+v, %v", out, err)
	}
	r, err := chunk.NewFileReader(bytes.NewReader(file.Bytes()), 1<<30)
	if err != nil {
		t.Fatal(err)
	}
	for {
		p, err := r.NextPiece()
		if err != nil {
			break
		}
		got, err := p.Read(bytes.NewReader(file.Bytes()))
		if err != nil || p.Handle != [16]byte{byte(id)} || !bytes.Equal(got, bodies[p.Index]) {
			t.Errorf("piece %d of %x: %v", p.Index, p.Handle, err)
		}
		delete(bodies, p.Index)
	}
	if len(bodies) > 0 {
		t.Errorf("%d pieces are not in the file", len(bodies))
	}
}

// The own namespace's pieces come first: nobody can slip others in from elsewhere.
func TestTheOwnPieceComesFirst(t *testing.T) {
	s, tenant, _ := aStore(t, 0, Options{})
	ctx, random, h := t.Context(), chance(1), blobsync.Handle{7}
	var ids []int64
	var bodies [][]byte
	for n := range 2 {
		ids, bodies = append(ids, register(t, s, tenant, byte(20+n))), append(bodies, aPiece(t, random))
		f := s.Shelf(ids[n])
		if err := f.Store(ctx, h, 0, bodies[n]); err != nil {
			t.Fatal(err)
		}
		if err := f.Sync(ctx); err != nil {
			t.Fatal(err)
		}
	}
	for n, id := range ids {
		if got, err := s.Shelf(id).Piece(ctx, h, 0); err != nil || !bytes.Equal(got, bodies[n]) {
			t.Errorf("namespace %d gives another's piece, %v", n, err)
		}
	}
}

func TestPiecesKeepToTheQuota(t *testing.T) {
	s, tenant, n := aStore(t, 2*(pieceSize+overhead), Options{})
	ctx, random, h := t.Context(), chance(1), blobsync.Handle{7}
	f := s.Shelf(n.id)
	for i := range blobsync.Index(2) {
		if err := f.Store(ctx, h, i, aPiece(t, random)); err != nil {
			t.Fatal(err)
		}
	}
	err := f.Store(ctx, h, 2, aPiece(t, random)) // the first two are held, not stored
	wants(t, err, blobsync.ErrFull)
	wants(t, err, ErrQuota)
	if err := s.SetQuota(tenant, pieceSize); err != nil {
		t.Fatal(err)
	}
	wants(t, f.Sync(ctx), blobsync.ErrFull)
	if p, err := f.Present(ctx, h); err != nil || p.Content != nil {
		t.Errorf("%v, %v", p, err)
	}
	sound(t, s)
}

func TestDamagedPiecesAreNotServed(t *testing.T) {
	s, _, n := aStore(t, 0, Options{})
	ctx, h := t.Context(), blobsync.Handle{7}
	f := s.Shelf(n.id)
	if err := f.Store(ctx, h, 0, aPiece(t, chance(1))); err != nil {
		t.Fatal(err)
	}
	if err := f.Sync(ctx); err != nil {
		t.Fatal(err)
	}
	damage(t, s, "UPDATE bodies SET body = zeroblob(length(body))")
	_, err := f.Piece(ctx, h, 0)
	wants(t, err, ErrDamaged)
	if r, err := s.Verify(ctx); err != nil || len(r.Problems) != 1 {
		t.Errorf("%+v, %v", r, err)
	}
}
