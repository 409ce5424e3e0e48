"""What the user says of whole applications: two are one, or one is two."""

from collections.abc import Mapping, Sequence

from hearback.mail.clusters import Cluster, Fact, holding


def merge(act: Fact, facts: Mapping[int, Fact], clusters: list[Cluster]) -> None:
    """Make one of two applications, which goes by the names of both from now on.

    Each part is what one of them was made of; the first that still counts stands for it. So the word
    outlives the undo of any single mail, and says nothing once one of the two has gone altogether.
    """
    one, other = (_of(part, facts, clusters) for part in act.parts)
    if one is None or other is None or one is other:
        return
    one.take(other)
    clusters.remove(other)
    for cluster in clusters:
        for member, rivals in list(cluster.rivals.items()):
            left = [one if rival is other else rival for rival in rivals]
            cluster.rivals[member] = left = [rival for rival in left if rival is not cluster]
            if not left:
                # It was a question between these two only, and now they are one.
                del cluster.rivals[member]
                cluster.learn(facts[member])


def split(act: Fact, facts: Mapping[int, Fact], clusters: list[Cluster]) -> None:
    """Make an application of its own of some mails, together with their conversations.

    The parts are the mails that go and those that were seen to stay. What came in since and was dated
    before follows the conversation that it is part of. Each side must have something that counts.
    """
    going, staying = (set(part) for part in act.parts)
    turn = {fact: number for number, fact in enumerate(facts)}
    parted: list[tuple[Cluster, list[Fact]]] = []
    leaving: list[Fact] = []
    for cluster in clusters:
        members = [facts[i] for i in sorted(cluster.members, key=turn.__getitem__)]
        out = _leaving(members, going, staying)
        stay = [fact for fact in members if fact not in out]
        if out and any(fact.counts and fact.id not in cluster.rivals for fact in stay):
            parted.append((cluster, stay))
            leaving += out
    if not any(fact.counts for fact in leaving):
        return
    new = Cluster()
    new.keep(sorted(leaving, key=lambda fact: turn[fact.id]))
    for cluster, stay in parted:
        cluster.keep(stay)
        cluster.threads -= new.threads
        cluster.references -= new.references
        new.apart |= cluster.apart | {act.id}
        cluster.apart.add(act.id)
    clusters.append(new)


def _leaving(members: Sequence[Fact], going: set[int], staying: set[int]) -> list[Fact]:
    named = [fact for fact in members if fact.id in going]
    threads = {fact.thread for fact in named if fact.thread}
    references = {r for fact in named for r in (fact.reference, *fact.references) if r}

    def follows(fact: Fact) -> bool:
        if fact.kind in {"choice", "interview"}:
            return bool(going & set(fact.targets))
        told = {fact.reference, *fact.references}
        return fact.id not in staying and (fact.thread in threads or bool(references & told))

    return [fact for fact in members if fact.id in going or (named and follows(fact))]


def _of(part: Sequence[int], facts: Mapping[int, Fact], clusters: list[Cluster]) -> Cluster | None:
    counting = [i for i in part if i in facts and facts[i].counts]
    return holding(counting or part, clusters)
