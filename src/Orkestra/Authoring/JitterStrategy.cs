namespace Orkestra.Authoring;

/// <summary>Whether the intervals between tries are randomised.</summary>
public enum JitterStrategy
{
    /// <summary>Intervals are as calculated.</summary>
    None,

    /// <summary>Each interval is a random part of the calculated one.</summary>
    Full,
}
