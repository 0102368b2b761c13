package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"time"
)

// siegeEnv tells a child process that it is one of a siege, and what to do there.
const siegeEnv = "CORKBOARD_BENCH_SIEGE"

// post is what siegeEnv says.
type post struct {
	Role   string // "victim" or "attacker"
	Dir    string // of its profiles
	Link   string // to the board
	Texts  []string
	Victim []string // addresses, for the attacker
	CPU    string   // folder for a processor profile of the victim; "" is none
}

// helper is a child process that answers each line with one.
type helper struct {
	cmd *exec.Cmd
	in  io.WriteCloser
	out *json.Decoder
}

// send starts a child. A nice one runs when nobody else wants to.
func send(ctx context.Context, p post, nice bool) (*helper, error) {
	says, err := json.Marshal(p)
	if err != nil {
		return nil, err
	}
	cmd := exec.CommandContext(ctx, os.Args[0])
	if nice {
		cmd = exec.CommandContext(ctx, "nice", "-n", "19", os.Args[0])
		cmd.Env = append(os.Environ(), "GOMAXPROCS=1")
	}
	cmd.Env = append(cmd.Environ(), siegeEnv+"="+string(says))
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("starting the %s: %w", p.Role, err)
	}
	return &helper{cmd, in, json.NewDecoder(out)}, nil
}

// ask says a line and reads the answer.
func (h *helper) ask(line string, answer any) error {
	if _, err := io.WriteString(h.in, line+"\n"); err != nil {
		return fmt.Errorf("asking a child: %w", err)
	}
	if err := h.out.Decode(answer); err != nil {
		return fmt.Errorf("hearing a child: %w", err)
	}
	return nil
}

// end closes the child's ear, which ends it, and waits. One that stays is killed.
func (h *helper) end() error {
	err := h.in.Close()
	defer time.AfterFunc(time.Minute, func() { _ = h.cmd.Process.Kill() }).Stop()
	return errors.Join(err, h.cmd.Wait())
}

// maybeSiege is the child: it does not return if this process is one.
func maybeSiege() {
	says := os.Getenv(siegeEnv)
	if says == "" {
		return
	}
	var p post
	err := json.Unmarshal([]byte(says), &p)
	if err == nil {
		switch p.Role {
		case "victim":
			err = defend(context.Background(), p)
		case "attacker":
			err = attack(context.Background(), p)
		}
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, p.Role+":", err)
		os.Exit(1)
	}
	os.Exit(0)
}
