namespace Orkestra.Hosting.Objects;

/// <summary>An object store cannot do what it was asked for. The message becomes the cause of the Map's failure as it is.</summary>
/// <param name="message">What is wrong, and with which bucket or object.</param>
/// <param name="innerException">The exception behind it, if any.</param>
public sealed class ObjectStoreException(string message, Exception? innerException = null) : IOException(message, innerException);
