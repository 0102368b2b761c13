// Package upgrade keeps profiles as earlier programs wrote them, and shows that this
// one opens them, has all that was there, and goes on: edits them, shares them, opens them again.
//
// testdata/format-N is a profile of a format, testdata/format-N.txt what was in it. The maker is
// TestMake, which writes the newest one: go test ./proof/upgrade -run TestMake -args -make. A profile
// that is there is never made again: a new format gets a new folder.
package upgrade
