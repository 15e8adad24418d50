from redhouse.work.decisions.queries.matters import matter_for, matters_for, opinion_for, paper_for, version_for

__all__ = ["matter_for", "matters_for", "opinion_for", "paper_for", "version_for"]
