using Amazon.CDK.AWS.StepFunctions;
using Constructs;

namespace Orkestra.Cdk.Composition;

/// <summary>Ids of states, which are their names.</summary>
internal static class Ids
{
    const int LongestName = 80;
    const int RoomForNumber = 4;

    /// <summary>A name that is free in a scope: the wanted one, with a number if it is taken.</summary>
    public static string Free(Construct scope, string wanted)
    {
        var name = wanted.Length > LongestName - RoomForNumber ? wanted[..(LongestName - RoomForNumber)] : wanted;
        var free = name;
        for (var number = 2; scope.Node.TryFindChild(free) is not null; number++) free = $"{name} {number}";
        return free;
    }

    /// <summary>The scope that a state is in.</summary>
    /// <param name="state">A state (not every one is an <see cref="IChainable"/> to C#, though each is to CDK), a chain or a fragment.</param>
    public static Construct ScopeOf(object? state)
    {
        ArgumentNullException.ThrowIfNull(state);
        // What follows a fragment stands beside it and not in it.
        var start = state as Construct ?? (state as IChainable)?.StartState;
        return start?.Node.Scope as Construct ?? throw new SynthesisException("A state outside a Stack gives no scope to what is composed with it: create the state inside a Stack before composing it.");
    }
}
