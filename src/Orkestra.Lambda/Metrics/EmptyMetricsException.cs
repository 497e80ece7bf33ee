namespace Orkestra.Lambda.Metrics;

/// <summary>A step ended without a measurement, though its options ask for one.</summary>
public sealed class EmptyMetricsException : Exception
{
    /// <summary>Makes an exception.</summary>
    public EmptyMetricsException()
    {
    }

    /// <summary>Makes an exception with a sentence.</summary>
    public EmptyMetricsException(string message)
        : base(message)
    {
    }

    /// <summary>Makes an exception with a sentence and what caused it.</summary>
    public EmptyMetricsException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
