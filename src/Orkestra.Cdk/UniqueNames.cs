using System.Runtime.CompilerServices;
using Amazon.CDK;
using Constructs;

namespace Orkestra.Cdk;

/// <summary>The names that resources of a stack have, each of which a deployment takes once for each kind of resource.</summary>
internal static class UniqueNames
{
    static readonly ConditionalWeakTable<Stack, Dictionary<(string Kind, string Name), string>> Taken = [];

    /// <summary>Takes a name for a construct.</summary>
    /// <param name="construct">A construct in the stack.</param>
    /// <param name="kind">The kind of resource, in the plural: <c>state machines</c>.</param>
    /// <param name="name">The name; one that is known only when it is deployed isn't checked.</param>
    /// <param name="path">The path of what has the name.</param>
    /// <param name="fix">What to do about a name that is taken.</param>
    /// <exception cref="SynthesisException">Another construct of the stack has it.</exception>
    public static void Take(Construct construct, string kind, string? name, string path, string fix)
    {
        if (name is null || Token.IsUnresolved(name)) return;
        var names = Taken.GetOrCreateValue(Stack.Of(construct));
        if (!names.TryAdd((kind, name), path)) throw new SynthesisException($"The {kind} {names[(kind, name)]} and {path} both have the name '{name}': {fix}.");
    }
}
