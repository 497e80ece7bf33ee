using Orkestra.Authoring;

/// <summary>The smallest workflow: one step. Give it a name with <c>run --input '"Ada"'</c>.</summary>
public sealed class SingleStep : Workflow<string?, string>
{
    public static readonly Step<string?, string> Greet = new(name => $"hello, {name ?? "stranger"}");

    public override Flow<string?, string> Define() => Greet;
}
