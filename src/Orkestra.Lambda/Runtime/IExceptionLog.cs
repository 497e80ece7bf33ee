namespace Orkestra.Lambda.Runtime;

/// <summary>A function that writes its exceptions to its own log; others have them written to standard error.</summary>
internal interface IExceptionLog
{
    void Log(Exception exception);
}
