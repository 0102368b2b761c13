package app

import "context"

// RestoreBackup is the function of that name, with the keyring, the log and the compiled
// code of this profile. The profile that is made is another one.
func (a *App) RestoreBackup(ctx context.Context, r Restoring) (RestoredBackup, error) {
	ctx, cancel := a.within(ctx)
	defer cancel()
	r.Keyring, r.Log, r.Code = a.opts.Keyring, a.opts.Log, a.opts.Code
	return RestoreBackup(ctx, r)
}
