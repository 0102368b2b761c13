//go:build linux

package lab

import (
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// sweep removes what tests have left that were killed.
func sweep() {
	for _, ns := range namespaces("cblab-") {
		var pid, n int
		if _, err := fmt.Sscanf(ns, "cblab-%d-%d-", &pid, &n); err != nil {
			continue
		}
		if syscall.Kill(pid, 0) == syscall.ESRCH {
			remove(fmt.Sprintf("cblab-%d-", pid))
		}
	}
}

// remove ends the processes in all namespaces with a prefix, by their ids, and
// deletes the namespaces. Links and bridges go with them.
func remove(prefix string) {
	for _, ns := range namespaces(prefix) {
		end := time.Now().Add(5 * time.Second)
		for pids := within(ns); len(pids) > 0 && time.Now().Before(end); pids = within(ns) {
			for _, pid := range pids {
				syscall.Kill(pid, syscall.SIGKILL)
			}
			time.Sleep(10 * time.Millisecond)
		}
		exec.Command("ip", "netns", "del", ns).Run()
	}
}

// namespaces are the names that start with prefix.
func namespaces(prefix string) []string {
	entries, err := os.ReadDir("/var/run/netns")
	if err != nil {
		return nil
	}
	var list []string
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), prefix) {
			list = append(list, e.Name())
		}
	}
	return list
}

// within are the processes in a namespace, without this one.
func within(ns string) []int {
	out, err := exec.Command("ip", "netns", "pids", ns).Output()
	if err != nil {
		return nil
	}
	var list []int
	for _, f := range strings.Fields(string(out)) {
		if pid, err := strconv.Atoi(f); err == nil && pid != os.Getpid() {
			list = append(list, pid)
		}
	}
	return list
}
