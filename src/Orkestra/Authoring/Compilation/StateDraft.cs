using Orkestra.Asl;

namespace Orkestra.Authoring.Compilation;

/// <summary>A state while its graph is being built: where it leads to is filled in when that is known.</summary>
internal sealed class StateDraft(string name, State state)
{
    public string Name { get; } = name;

    public State State { get; set; } = state;

    public List<Catcher> Catchers { get; } = [];

    public State Finished => Catchers.Count > 0 ? (FallibleState)State with { Catch = [.. Catchers] } : State;

    public Exit Exit() => new(next => State = State with { Next = next }, () => State = State with { End = true }, Name, this);

    public Exit DefaultExit() => new(next => State = (ChoiceState)State with { Default = next }, null, Name);

    /// <summary>The way out through a rule of a Choice state.</summary>
    public Exit RuleExit(int at) => new(
        next =>
        {
            var rules = ((ChoiceState)State).Choices.ToArray();
            rules[at] = rules[at] with { Next = next };
            State = (ChoiceState)State with { Choices = [.. rules] };
        },
        null,
        Name);

    public Exit CatchExit(Catcher catcher)
    {
        var at = Catchers.Count;
        Catchers.Add(catcher);
        return new(next => Catchers[at] = Catchers[at] with { Next = next }, null, $"{Name} failed");
    }
}
