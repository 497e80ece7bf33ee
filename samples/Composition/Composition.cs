using Orkestra.Authoring;

/// <summary>
/// <c>x &gt;&gt; y &gt;&gt; z</c>, where <c>g</c> must run after <c>y</c> too and its failure must not stop <c>z</c>. In Airflow these are two edges that leave <c>y</c>; here they are two
/// branches after <c>y</c>, one of them captured.
/// </summary>
public sealed class Composition : Workflow<Nothing, string>
{
    static readonly Step<Nothing, int> X = new(_ => 1);
    static readonly Step<int, int> Y = new(number => number + 1);
    static readonly Step<int, string> Z = new(number => $"z got {number}");
    static readonly Step<int, string> G = new(_ => throw new InvalidOperationException("g fails, and z does not mind"));

    public override Flow<Nothing, string> Define() =>
        X >> Y >> All(Z, G.Capture()).Select(results => results.Item1);
}
