"""By what people are looked for: initials of the name, and the last four digits of a number, as blind indexes."""

from typing import Any

from django.db import migrations, models

from redhouse.ground.people.fields import tail_index
from redhouse.ground.places.fields import InitialsField, fill_initials


def fill_tails(apps: Any, editor: Any) -> None:
    persons = apps.get_model("people", "Person")
    citizen_id, phone = persons._meta.get_field("citizen_id"), persons._meta.get_field("phone")
    numbered = persons.objects.using(editor.connection.alias).exclude(citizen_id="", phone="")
    for person in numbered.only("citizen_id", "phone").iterator():
        person.citizen_id_tail = tail_index(citizen_id, person.citizen_id)
        person.phone_tail = tail_index(phone, person.phone)
        person.save(update_fields=["citizen_id_tail", "phone_tail"])


class Migration(migrations.Migration):
    dependencies = [("people", "0002_walls")]
    operations = [
        migrations.AddField("person", "initials", InitialsField()),
        migrations.AddField("person", "citizen_id_tail", models.BinaryField(default=b"")),
        migrations.AddField("person", "phone_tail", models.BinaryField(default=b"")),
        fill_initials("people_person"),
        migrations.RunPython(fill_tails, migrations.RunPython.noop),
        migrations.AddIndex(
            "person",
            models.Index(condition=~models.Q(phone_tail=b""), fields=["phone_tail"], name="person_phone_tail"),
        ),
        migrations.AddIndex(
            "person",
            models.Index(
                condition=~models.Q(citizen_id_tail=b""), fields=["citizen_id_tail"], name="person_citizen_id_tail"
            ),
        ),
    ]
