//go:build !unix

package folder

// dontWait is nothing: no file waits for being opened here.
const dontWait = 0
