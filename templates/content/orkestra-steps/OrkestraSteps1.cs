using Orkestra.Authoring;

/// <summary>Describe what the workflow is given, and what it returns.</summary>
public sealed class OrkestraSteps1 : Workflow<string, string>
{
    public static readonly Step<string, string> Greet = new(name => $"Hello, {name}");
    public static readonly Step<string, string> Shout = new(text => text.ToUpperInvariant());

    public override Flow<string, string> Define() => Greet >> Shout;
}
