package main

import (
	"path/filepath"
	"testing"
)

func TestComparePeers(t *testing.T) {
	path := filepath.Join(t.TempDir(), "peers.json")
	write(t, path, `{"excalidraw_pan_10000_ms_p50": 30, "note": "words"}`)
	r := results{"board_pan_10000_ui_ms_p50": 1.5}
	if err := comparePeers(path, r); err != nil || len(r) != 2 || r["peer_ratio_excalidraw_pan_10000"] != 20 {
		t.Errorf("%v (%v)", r, err)
	}
	if err := comparePeers(path, results{"board_drag_4000_ui_ms_p50": 1}); err == nil {
		t.Error("a peer that was not measured is not missed")
	}
	write(t, path, `{`)
	if err := comparePeers(path, r); err == nil {
		t.Error("half a file is taken")
	}
	if err := comparePeers(path+".gone", r); err == nil {
		t.Error("no file is taken")
	}
}

func TestGrowth(t *testing.T) {
	r := results{"board_pan_1000_ui_ms_p50": 2}
	growth(r)
	if len(r) != 1 {
		t.Errorf("growth of one board: %v", r)
	}
	r["board_pan_10000_ui_ms_p50"] = 3
	if growth(r); r["growth_10000_over_1000_pan"] != 1.5 {
		t.Errorf("%v", r)
	}
}
