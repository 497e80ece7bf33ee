namespace Orkestra.Asl.Drawing;

/// <summary>Why one state follows another.</summary>
public enum TransitionKind
{
    /// <summary>The state succeeded, or its branches begin.</summary>
    Next,

    /// <summary>A rule of a Choice holds.</summary>
    Choice,

    /// <summary>No rule of a Choice holds.</summary>
    Default,

    /// <summary>The state failed, and a catcher takes the error.</summary>
    Catch,
}
