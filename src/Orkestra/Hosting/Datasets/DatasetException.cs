namespace Orkestra.Hosting.Datasets;

/// <summary>
/// The items of a distributed Map cannot be read, or its results cannot be written. The execution sees <c>States.ItemReaderFailed</c> or
/// <c>States.ResultWriterFailed</c> with the message as its cause. This is the only exception, beside the caller's own cancellation, that the
/// readers and writers of this namespace throw.
/// </summary>
/// <param name="message">The cause: what is wrong, in which object, and what to do.</param>
/// <param name="innerException">The exception behind it, if any.</param>
public sealed class DatasetException(string message, Exception? innerException = null) : Exception(message, innerException)
{
    const int LongestMessage = 1_000;

    /// <summary>The failure of a call of an object store or of a format.</summary>
    /// <param name="what">What could not be done, such as <c>Unable to read the object 'k' of the bucket 'b'</c>.</param>
    /// <param name="problem">What was thrown.</param>
    internal static DatasetException Of(string what, Exception problem) => problem switch
    {
        DatasetException known => known,
        Objects.ObjectStoreException refusal => new(MessageOf(refusal), refusal),
        _ => new($"{what}: {problem.GetType().Name}: {MessageOf(problem)}", problem),
    };

    // The message is code of the object store or the format, too.
    static string MessageOf(Exception problem)
    {
        try
        {
            var message = problem.Message;
            return message.Length > LongestMessage ? message[..LongestMessage] + "…" : message;
        }
#pragma warning disable CA1031 // A message that cannot be told is no reason to lose the failure.
        catch (Exception)
#pragma warning restore CA1031
        {
            return "(the exception's message cannot be read)";
        }
    }
}
