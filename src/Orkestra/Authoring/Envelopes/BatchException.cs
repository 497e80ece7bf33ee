namespace Orkestra.Authoring.Envelopes;

/// <summary>A step that is called once a record (<see cref="BatchEnvelope.EachRecord"/>) failed for every record of a batch.</summary>
public sealed class BatchException : Exception
{
    /// <summary>Makes an exception.</summary>
    public BatchException()
    {
    }

    /// <summary>Makes an exception with a sentence.</summary>
    public BatchException(string message)
        : base(message)
    {
    }

    /// <summary>Makes an exception with a sentence and the first record's exception.</summary>
    public BatchException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
