package nearby

import (
	"testing"

	"corkboard/identity"
)

func TestTableHoldsWhoIsThere(t *testing.T) {
	var table Table
	ada := Person{ID: identity.PersonID{1}, Name: "Ada"}
	laptop, phone := identity.DeviceID{1}, identity.DeviceID{2}
	table.Come(laptop, ada)
	table.Come(phone, ada)
	table.Come(identity.DeviceID{3}, Person{ID: identity.PersonID{2}, Name: "adA 2"})
	table.Come(identity.DeviceID{4}, Person{ID: identity.PersonID{3}}) // without a name
	if got := table.People(); len(got) != 2 || got[0].Name != "Ada" {
		t.Errorf("there are %+v", got)
	}
	table.Go(laptop)
	if _, here := table.Who(ada.ID); !here {
		t.Error("she has gone with one of her devices")
	}
	table.Go(phone)
	if _, here := table.At(phone); here {
		t.Error("her device has stayed")
	}
	if _, here := table.Who(ada.ID); here {
		t.Error("she has stayed without a device")
	}
}

func TestWhoCameTwiceGoesTwice(t *testing.T) {
	var table Table
	ada, laptop := Person{ID: identity.PersonID{1}, Name: "Ada"}, identity.DeviceID{1}
	table.Come(laptop, ada)
	table.Come(laptop, ada)
	table.Go(laptop)
	if _, here := table.At(laptop); !here {
		t.Error("who is there on another connection has gone")
	}
	table.Go(laptop)
	table.Go(laptop)
	if len(table.by)+len(table.people) > 0 {
		t.Errorf("left are %v, %v", table.by, table.people)
	}
}

func TestTableIsBounded(t *testing.T) {
	var table Table
	for i := range 10 * MaxPeople {
		p := Person{ID: identity.PersonID{byte(i), byte(i >> 8)}, Name: "x"}
		if came := table.Come(identity.DeviceID(p.ID), p); came != (i < MaxPeople) {
			t.Fatalf("number %d: %v", i, came)
		}
	}
	one := Person{ID: identity.PersonID{1}, Name: "x"}
	for i := range 10 * MaxPeople { // one person with many devices
		table.Come(identity.DeviceID{9, 9, byte(i), byte(i >> 8)}, one)
	}
	if len(table.by) > 2*MaxPeople || len(table.people) > MaxPeople {
		t.Errorf("%d devices of %d people", len(table.by), len(table.people))
	}
	// Somebody who is there may turn out to be somebody else.
	table.Come(identity.DeviceID{1}, Person{ID: identity.PersonID{2}, Name: "y"})
	if p, _ := table.At(identity.DeviceID{1}); p.ID != (identity.PersonID{2}) {
		t.Errorf("at the device is %+v", p)
	}
}
