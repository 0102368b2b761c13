package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// ErrNoRows says that Row found nothing.
var ErrNoRows = sql.ErrNoRows

// Tx is one transaction; it is valid inside the function it is handed to.
type Tx struct {
	tx  *sql.Tx
	ctx context.Context
}

// Write runs f in an immediate transaction on the writer connection. All of f
// is committed, or an error is returned: if COMMIT itself failed, nobody knows
// until the file has been read again (errors.Is ErrUnknown).
func (db *DB) Write(ctx context.Context, f func(*Tx) error) error {
	if db.writer == nil {
		return fmt.Errorf("writing: %w", ErrReadOnly)
	}
	tx, err := db.writer.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("beginning to write: %w", typed(err))
	}
	// After a failure the rollback's own error says nothing: on a full disk
	// SQLite has rolled back by itself, and there is no transaction left.
	if err := f(&Tx{tx, ctx}); err != nil {
		_ = tx.Rollback()
		return err
	}
	if err := tx.Commit(); err != nil {
		_ = tx.Rollback()
		return fmt.Errorf("%w: %w", ErrUnknown, typed(err))
	}
	return nil
}

// ErrUnknown says that a commit failed and may or may not have happened.
var ErrUnknown = errors.New("it is unknown whether the write happened")

func rollback(tx *sql.Tx) error {
	if err := tx.Rollback(); err != nil && !errors.Is(err, sql.ErrTxDone) {
		return fmt.Errorf("rolling back: %w", typed(err))
	}
	return nil
}

// Read runs f on one consistent state of the file.
func (db *DB) Read(ctx context.Context, f func(*Tx) error) error {
	tx, err := db.reader.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return fmt.Errorf("beginning to read: %w", typed(err))
	}
	err = f(&Tx{tx, ctx})
	return errors.Join(err, rollback(tx))
}

// Exec runs statements without a result.
func (t *Tx) Exec(query string, args ...any) error {
	_, err := t.tx.ExecContext(t.ctx, query, args...)
	return typed(err)
}

// Each runs a query and calls row for every row; scan fills the columns in order.
func (t *Tx) Each(row func(scan func(...any) error) error, query string, args ...any) error {
	rows, err := t.tx.QueryContext(t.ctx, query, args...)
	if err != nil {
		return typed(err)
	}
	defer rows.Close()
	for rows.Next() {
		if err := row(rows.Scan); err != nil {
			return typed(err)
		}
	}
	return typed(rows.Err())
}

// Row runs a query for one row and fills dest; ErrNoRows if there is none.
func (t *Tx) Row(dest []any, query string, args ...any) error {
	return typed(t.tx.QueryRowContext(t.ctx, query, args...).Scan(dest...))
}

// Prepared is a statement that a transaction runs many times.
type Prepared struct{ stmt *sql.Stmt }

// Prepare compiles a statement for this transaction.
func (t *Tx) Prepare(query string) (Prepared, error) {
	stmt, err := t.tx.PrepareContext(t.ctx, query)
	return Prepared{stmt}, typed(err)
}

// Exec runs the statement.
func (p Prepared) Exec(args ...any) error {
	_, err := p.stmt.Exec(args...)
	return typed(err)
}
