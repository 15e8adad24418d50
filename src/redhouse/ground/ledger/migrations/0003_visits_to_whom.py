from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("ledger", "0002_walls")]

    operations = [
        migrations.AddIndex(
            model_name="fact",
            index=models.Index(
                fields=["subject_id", "happened_on"],
                condition=models.Q(kind="visit_recorded"),
                name="fact_visits_to_whom",
            ),
        ),
    ]
