namespace Orkestra.Authoring.Compilation;

/// <summary>
/// Names of states, unique in the whole machine and the same at each compilation. The first state of a step has the step's name; further ones are numbered.
/// </summary>
internal sealed class StateNames(IEnumerable<string> stepNames)
{
    // https://docs.aws.amazon.com/step-functions/latest/dg/statemachine-structure.html: at most 80 characters.
    const int Longest = 80;

    readonly HashSet<string> reserved = new(stepNames, StringComparer.Ordinal);
    readonly HashSet<string> used = new(StringComparer.Ordinal);

    public string OfStep(string name) => used.Add(name) ? name : Numbered(name);

    public string Unique(string label)
    {
        const int room = 4;
        if (label.Length > Longest - room) label = label[..(Longest - room)];
        return !reserved.Contains(label) && used.Add(label) ? label : Numbered(label);
    }

    /// <summary>A name that is given and must stay.</summary>
    public string Own(string name) => !reserved.Contains(name) && used.Add(name)
        ? name
        : throw new WorkflowException($"Two states of the flow are named '{name}': give one of them another name.");

    string Numbered(string name)
    {
        for (var number = 2; ; number++)
        {
            var numbered = $"{name} {number}";
            if (!reserved.Contains(numbered) && used.Add(numbered)) return numbered;
        }
    }
}
