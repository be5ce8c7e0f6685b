<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>AccountCorner</name>
    <message>
        <source>Offline</source>
        <translation>Offline</translation>
    </message>
    <message>
        <source>Access level: None</source>
        <translation>Zugriffsstufe: None</translation>
    </message>
    <message>
        <source>Own/Group Recordings</source>
        <translation>Own/Group Recordings</translation>
    </message>
    <message>
        <source>All Recordings</source>
        <translation>All Recordings</translation>
    </message>
    <message numerus="yes">
        <source>manages %n group(s)</source>
        <translation>
            <numerusform>verwaltet %n Gruppe</numerusform>
            <numerusform>verwaltet %n Gruppen</numerusform>
        </translation>
    </message>
    <message>
        <source>manages {groups}</source>
        <translation>verwaltet {groups}</translation>
    </message>
    <message>
        <source>Another profile…</source>
        <translation>Anderes Profil…</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>Abmelden</translation>
    </message>
</context>
<context>
    <name>Alarms</name>
    <message>
        <source>A line in the Windows Event Log, or in the log that this system has</source>
        <translation>Eine Zeile in der Ereignisanzeige von Windows oder im Protokoll, das dieses System hat</translation>
    </message>
    <message>
        <source>A night is missing after</source>
        <translation>Eine Nacht gilt als ausgefallen nach</translation>
    </message>
    <message>
        <source>Also while this window is closed</source>
        <translation>Auch während dieses Fenster geschlossen ist</translation>
    </message>
    <message>
        <source>Attach the report</source>
        <translation>Bericht anhängen</translation>
    </message>
    <message>
        <source>Called after each complete night, so that silence is noticed elsewhere</source>
        <translation>Wird nach jeder vollständigen Nacht aufgerufen, damit anderswo Stille auffällt</translation>
    </message>
    <message>
        <source>Empty where the server asks nobody for a password</source>
        <translation>Leer, wo der Server kein Kennwort verlangt</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Von</translation>
    </message>
    <message>
        <source>Gets a signed message (JSON); empty: none is sent</source>
        <translation>Erhält eine signierte Nachricht (JSON); leer: keine wird gesendet</translation>
    </message>
    <message>
        <source>Heartbeat</source>
        <translation>Lebenszeichen</translation>
    </message>
    <message>
        <source>Its name without a port; empty: nobody is told by e-mail</source>
        <translation>Sein Name ohne Port; leer: niemand erfährt davon per E-Mail</translation>
    </message>
    <message>
        <source>Log of this system</source>
        <translation>Protokoll dieses Systems</translation>
    </message>
    <message>
        <source>Mail server</source>
        <translation>Mailserver</translation>
    </message>
    <message>
        <source>Nothing is ever sent in the open</source>
        <translation>Nichts wird je offen gesendet</translation>
    </message>
    <message>
        <source>Notification on this computer</source>
        <translation>Meldung auf diesem Computer</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Kennwort</translation>
    </message>
    <message>
        <source>Port</source>
        <translation>Port</translation>
    </message>
    <message>
        <source>STARTTLS (usually 587)</source>
        <translation>STARTTLS (meist 587)</translation>
    </message>
    <message>
        <source>Secret it is signed with</source>
        <translation>Geheimnis, mit dem sie signiert ist</translation>
    </message>
    <message>
        <source>Security</source>
        <translation>Sicherheit</translation>
    </message>
    <message>
        <source>Sends a message to the address above</source>
        <translation>Sendet eine Nachricht an die Adresse oben</translation>
    </message>
    <message>
        <source>Sends an e-mail to those named above</source>
        <translation>Sendet eine E-Mail an die oben Genannten</translation>
    </message>
    <message>
        <source>Shows a notification on this computer</source>
        <translation>Zeigt eine Meldung auf diesem Computer</translation>
    </message>
    <message>
        <source>So long after its time without any run, where its schedule has no end of its window</source>
        <translation>So lange nach ihrer Zeit ohne jeden Lauf, wo ihr Zeitplan kein Ende des Zeitfensters hat</translation>
    </message>
    <message>
        <source>TLS from the beginning (465)</source>
        <translation>TLS von Anfang an (465)</translation>
    </message>
    <message>
        <source>The page with every exception and the last 30 nights</source>
        <translation>Die Seite mit jeder Ausnahme und den letzten 30 Nächten</translation>
    </message>
    <message>
        <source>To</source>
        <translation>An</translation>
    </message>
    <message>
        <source>User</source>
        <translation>Benutzer</translation>
    </message>
    <message>
        <source>Wanted are mail addresses with commas between them, or nothing.</source>
        <translation>Erwartet werden E-Mail-Adressen, mit Kommas getrennt, oder nichts.</translation>
    </message>
    <message>
        <source>Wanted is a time from 10 min to 1 d, such as 12 h.</source>
        <translation>Erwartet wird eine Dauer von 10&#xa0;min bis 1&#xa0;d, etwa 12&#xa0;h.</translation>
    </message>
    <message>
        <source>Wanted is an address that begins with https://, or nothing.</source>
        <translation>Erwartet wird eine Adresse, die mit https:// beginnt, oder nichts.</translation>
    </message>
    <message>
        <source>Wanted is one mail address, or nothing.</source>
        <translation>Erwartet wird eine E-Mail-Adresse oder nichts.</translation>
    </message>
    <message>
        <source>Wanted is the name of a computer, such as mail.example.com, or nothing.</source>
        <translation>Erwartet wird der Name eines Computers, etwa mail.example.com, oder nichts.</translation>
    </message>
    <message>
        <source>Webhook</source>
        <translation>Webhook</translation>
    </message>
    <message>
        <source>Where a schedule names nobody else</source>
        <translation>Wo ein Zeitplan niemand anderen nennt</translation>
    </message>
    <message>
        <source>no address</source>
        <translation>keine Adresse</translation>
    </message>
    <message>
        <source>no server</source>
        <translation>kein Server</translation>
    </message>
    <message>
        <source>no user</source>
        <translation>kein Benutzer</translation>
    </message>
    <message>
        <source>nobody</source>
        <translation>niemand</translation>
    </message>
</context>
<context>
    <name>ArchiveRow</name>
    <message>
        <source>Archive folder</source>
        <translation>Archivordner</translation>
    </message>
    <message>
        <source>Wanted is the whole path of a folder.</source>
        <translation>Erwartet wird der vollständige Pfad eines Ordners.</translation>
    </message>
    <message>
        <source>the one used last</source>
        <translation>der zuletzt benutzte</translation>
    </message>
    <message>
        <source>Use it all the same</source>
        <translation>Trotzdem verwenden</translation>
    </message>
    <message>
        <source>Keep the old one</source>
        <translation>Den alten behalten</translation>
    </message>
    <message>
        <source>None was used yet. Folders that a program synchronises are risky.</source>
        <translation>Noch keiner benutzt. Ordner, die ein Programm abgleicht, sind ein riskanter Ort.</translation>
    </message>
    <message>
        <source>{size} free. {risks}</source>
        <translation>{size} frei. {risks}</translation>
    </message>
    <message>
        <source>{size} free. Folders that a program synchronises are risky.</source>
        <translation>{size} frei. Ordner, die ein Programm abgleicht, sind ein riskanter Ort.</translation>
    </message>
    <message>
        <source>This folder is a risky place for an archive</source>
        <translation>Dieser Ordner ist ein riskanter Ort für ein Archiv</translation>
    </message>
</context>
<context>
    <name>Background</name>
    <message>
        <source>MIR Download Client</source>
        <translation>MIR Download Client</translation>
    </message>
    <message>
        <source>Recordings are being downloaded</source>
        <translation>Aufzeichnungen werden heruntergeladen</translation>
    </message>
    <message>
        <source>{program}
{words}</source>
        <translation>{program}
{words}</translation>
    </message>
    <message numerus="yes">
        <source>%n download(s) at work, {percent}</source>
        <translation>
            <numerusform>%n Download aktiv, {percent}</numerusform>
            <numerusform>%n Downloads aktiv, {percent}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{state}. {count} new in the archive.</source>
        <translation>
            <numerusform>{state}. {count} neu im Archiv.</numerusform>
            <numerusform>{state}. {count} neu im Archiv.</numerusform>
        </translation>
    </message>
    <message>
        <source>{state}. {advice}</source>
        <translation>{state}. {advice}</translation>
    </message>
</context>
<context>
    <name>CardsList</name>
    <message>
        <source>Schedules</source>
        <translation>Zeitpläne</translation>
    </message>
</context>
<context>
    <name>Care</name>
    <message>
        <source>Damaged recordings, fetched again</source>
        <translation>Beschädigte Aufzeichnungen, neu geladen</translation>
    </message>
    <message>
        <source>Before the service deletes them</source>
        <translation>Bevor der Dienst sie löscht</translation>
    </message>
</context>
<context>
    <name>Chart</name>
    <message>
        <source>Bytes of the last nights</source>
        <translation>Bytes der letzten Nächte</translation>
    </message>
    <message>
        <source>{day}: {outcome}, {size}</source>
        <translation>{day}: {outcome}, {size}</translation>
    </message>
    <message>
        <source>{good} of {all} complete</source>
        <translation>{good} von {all} vollständig</translation>
    </message>
</context>
<context>
    <name>CheckBar</name>
    <message>
        <source>Progress of the check</source>
        <translation>Fortschritt der Prüfung</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Checking…</source>
        <translation>Wird geprüft…</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>The check rests</source>
        <translation>Die Prüfung ruht</translation>
    </message>
    <message>
        <source>{done} of {total} checked</source>
        <translation>{done} von {total} geprüft</translation>
    </message>
</context>
<context>
    <name>CheckDialog</name>
    <message>
        <source>Verify the archive</source>
        <translation>Archiv prüfen</translation>
    </message>
    <message>
        <source>Everything: {count}, {size}</source>
        <translation>Alles: {count}, {size}</translation>
    </message>
    <message numerus="yes">
        <source>%n recording(s)</source>
        <translation>
            <numerusform>%Ln Aufzeichnung</numerusform>
            <numerusform>%Ln Aufzeichnungen</numerusform>
        </translation>
    </message>
    <message>
        <source>The selection: {count}, {size}</source>
        <translation>Die Auswahl: {count}, {size}</translation>
    </message>
    <message>
        <source>Verify</source>
        <translation>Prüfen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Every byte is read again and held against the digest of the day it was archived. Nothing is changed.</source>
        <translation>Jedes Byte wird wieder gelesen und mit der Prüfsumme vom Tag der Archivierung verglichen. Nichts wird verändert.</translation>
    </message>
    <message>
        <source>Is everything still whole?</source>
        <translation>Ist noch alles vollständig?</translation>
    </message>
</context>
<context>
    <name>Computer</name>
    <message>
        <source>Everything that a download needs, in the order in which it depends on each other</source>
        <translation>Alles, was ein Download braucht, in der Reihenfolge, in der eins vom anderen abhängt</translation>
    </message>
    <message>
        <source>Check now</source>
        <translation>Jetzt prüfen</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copy what was found, for support</source>
        <translation>Das Ergebnis für den Support kopieren</translation>
    </message>
    <message>
        <source>Newer version</source>
        <translation>Neuere Version</translation>
    </message>
    <message>
        <source>Schedule {name}</source>
        <translation>Zeitplan {name}</translation>
    </message>
    <message>
        <source>Schedules</source>
        <translation>Zeitpläne</translation>
    </message>
    <message>
        <source>What can this computer do?</source>
        <translation>Was kann dieser Computer?</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>Wird geprüft…</translation>
    </message>
    <message>
        <source>Everything is in order</source>
        <translation>Alles in Ordnung</translation>
    </message>
    <message numerus="yes">
        <source>%n thing(s) need attention</source>
        <translation>
            <numerusform>%n Punkt braucht Aufmerksamkeit</numerusform>
            <numerusform>%n Punkte brauchen Aufmerksamkeit</numerusform>
        </translation>
    </message>
    <message>
        <source>Choose a folder at the top of this page.</source>
        <translation>Oben auf dieser Seite einen Ordner wählen.</translation>
    </message>
    <message>
        <source>in order</source>
        <translation>in Ordnung</translation>
    </message>
    <message>
        <source>attention</source>
        <translation>Achtung</translation>
    </message>
    <message>
        <source>does not work</source>
        <translation>geht nicht</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>Programm</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Keyring</source>
        <translation>Schlüsselbund</translation>
    </message>
    <message>
        <source>Proxy</source>
        <translation>Proxy</translation>
    </message>
    <message>
        <source>Service</source>
        <translation>Dienst</translation>
    </message>
    <message>
        <source>Sign-in</source>
        <translation>Anmeldung</translation>
    </message>
    <message>
        <source>Archive</source>
        <translation>Archiv</translation>
    </message>
</context>
<context>
    <name>ConversationDetail</name>
    <message>
        <source>Copy the conversation&apos;s ID</source>
        <translation>Die ID des Gesprächs kopieren</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Beginn</translation>
    </message>
    <message>
        <source>End</source>
        <translation>Ende</translation>
    </message>
    <message>
        <source>Duration</source>
        <translation>Dauer</translation>
    </message>
    <message>
        <source>Mode</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>Archive</source>
        <translation>Archiv</translation>
    </message>
    <message>
        <source>Available</source>
        <translation>Verfügbar</translation>
    </message>
    <message>
        <source>Came at</source>
        <translation>Eingetroffen</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>Geändert</translation>
    </message>
    <message>
        <source>E-mail</source>
        <translation>E-Mail</translation>
    </message>
    <message>
        <source>Load recording {number}</source>
        <translation>Aufzeichnung {number} laden</translation>
    </message>
    <message>
        <source>Local time</source>
        <translation>Ortszeit</translation>
    </message>
    <message>
        <source>Owner</source>
        <translation>Besitzer</translation>
    </message>
    <message>
        <source>Groups</source>
        <translation>Gruppen</translation>
    </message>
    <message>
        <source>Participants</source>
        <translation>Teilnehmer</translation>
    </message>
    <message>
        <source>ID</source>
        <translation>ID</translation>
    </message>
    <message>
        <source>Voice recording</source>
        <translation>Sprachaufzeichnung</translation>
    </message>
    <message>
        <source>Select a conversation to see its details.</source>
        <translation>Ein Gespräch auswählen, um seine Details zu sehen.</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>Nummer</translation>
    </message>
    <message>
        <source>Unique ID</source>
        <translation>Kunden-ID</translation>
    </message>
    <message>
        <source>Extension</source>
        <translation>Nebenstelle</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>{mode}, paused {length}</source>
        <translation>{mode}, {length} pausiert</translation>
    </message>
    <message numerus="yes">
        <source>%n day(s) left</source>
        <translation>
            <numerusform>noch %n Tag</numerusform>
            <numerusform>noch %n Tage</numerusform>
        </translation>
    </message>
    <message>
        <source>{state}, {days}</source>
        <translation>{state}, {days}</translation>
    </message>
    <message>
        <source>until {day}</source>
        <translation>bis {day}</translation>
    </message>
    <message>
        <source>No voice recording was saved.</source>
        <translation>Es wurde keine Sprachaufzeichnung gespeichert.</translation>
    </message>
    <message>
        <source>Recording {number}</source>
        <translation>Aufzeichnung {number}</translation>
    </message>
    <message>
        <source>stereo</source>
        <translation>stereo</translation>
    </message>
    <message>
        <source>mono</source>
        <translation>mono</translation>
    </message>
    <message>
        <source>{codec}, {rate} kHz, {channels}</source>
        <translation>{codec}, {rate}&#xa0;kHz, {channels}</translation>
    </message>
    <message>
        <source>not ready yet</source>
        <translation>noch nicht bereit</translation>
    </message>
    <message>
        <source>deleted by the service</source>
        <translation>vom Dienst gelöscht</translation>
    </message>
    <message>
        <source>no audio at the service</source>
        <translation>kein Ton beim Dienst</translation>
    </message>
    <message>
        <source>paused {spans}</source>
        <translation>pausiert {spans}</translation>
    </message>
</context>
<context>
    <name>ConversationsModule</name>
    <message numerus="yes">
        <source>%n conversation(s)</source>
        <translation>
            <numerusform>%Ln Gespräch</numerusform>
            <numerusform>%Ln Gespräche</numerusform>
        </translation>
    </message>
    <message>
        <source>Conversations</source>
        <translation>Gespräche</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exportieren…</translation>
    </message>
</context>
<context>
    <name>ConvertDialog</name>
    <message>
        <source>A new WAV file (PCM) is made with the decoders of this installation. The original stays as it is.</source>
        <translation>Mit den Decodern dieser Installation entsteht eine neue WAV-Datei (PCM). Das Original bleibt, wie es ist.</translation>
    </message>
    <message>
        <source>Convert a copy</source>
        <translation>Kopie umwandeln</translation>
    </message>
    <message>
        <source>Convert a copy…</source>
        <translation>Kopie umwandeln…</translation>
    </message>
    <message>
        <source>Converted</source>
        <translation>Umgewandelt</translation>
    </message>
    <message>
        <source>WAV files (*.wav)</source>
        <translation>WAV-Dateien (*.wav)</translation>
    </message>
</context>
<context>
    <name>CopyDialog</name>
    <message>
        <source>A copy for listening, with a table that says where it came from. The original stays as it is.</source>
        <translation>Eine Kopie zum Hören, mit einer Tabelle, die sagt, woher sie kommt. Das Original bleibt, wie es ist.</translation>
    </message>
    <message>
        <source>A copy for listening. The original stays as it is.</source>
        <translation>Eine Kopie zum Hören. Das Original bleibt, wie es ist.</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>FLAC</source>
        <translation>FLAC</translation>
    </message>
    <message>
        <source>FLAC files (*.flac)</source>
        <translation>FLAC-Dateien (*.flac)</translation>
    </message>
    <message>
        <source>Form</source>
        <translation>Form</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>Länge</translation>
    </message>
    <message>
        <source>Save a copy</source>
        <translation>Kopie sichern</translation>
    </message>
    <message>
        <source>Save a copy…</source>
        <translation>Kopie sichern…</translation>
    </message>
    <message>
        <source>Saved, {size}</source>
        <translation>Gesichert, {size}</translation>
    </message>
    <message>
        <source>The selection</source>
        <translation>Die Auswahl</translation>
    </message>
    <message>
        <source>The whole</source>
        <translation>Das Ganze</translation>
    </message>
    <message>
        <source>WAV (PCM)</source>
        <translation>WAV (PCM)</translation>
    </message>
    <message>
        <source>WAV files (*.wav)</source>
        <translation>WAV-Dateien (*.wav)</translation>
    </message>
    <message>
        <source>What is copied</source>
        <translation>Was kopiert wird</translation>
    </message>
</context>
<context>
    <name>Days</name>
    <message>
        <source>At least one day of the week is needed.</source>
        <translation>Mindestens ein Wochentag ist nötig.</translation>
    </message>
</context>
<context>
    <name>DeleteQuestion</name>
    <message>
        <source>Delete saved search</source>
        <translation>Gespeicherte Suche löschen</translation>
    </message>
    <message>
        <source>Delete the saved search “{name}”?</source>
        <translation>Gespeicherte Suche „{name}“ löschen?</translation>
    </message>
    <message>
        <source>It goes from the portal too, where it is shared. Conversations and the archive stay as they are.</source>
        <translation>Sie verschwindet auch aus dem Portal. Gespräche und Archiv bleiben, wie sie sind.</translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
</context>
<context>
    <name>Detail</name>
    <message>
        <source>Show the file</source>
        <translation>Datei zeigen</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Beginn</translation>
    </message>
    <message>
        <source>End</source>
        <translation>Ende</translation>
    </message>
    <message>
        <source>Duration</source>
        <translation>Dauer</translation>
    </message>
    <message>
        <source>Load</source>
        <translation>Laden</translation>
    </message>
    <message>
        <source>Load this recording into the replay module</source>
        <translation>Diese Aufzeichnung in das Wiedergabemodul laden</translation>
    </message>
    <message>
        <source>Mode</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>Owner</source>
        <translation>Besitzer</translation>
    </message>
    <message>
        <source>Groups</source>
        <translation>Gruppen</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>Nummer</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Extension</source>
        <translation>Nebenstelle</translation>
    </message>
    <message>
        <source>Checked</source>
        <translation>Geprüft</translation>
    </message>
    <message>
        <source>On arrival</source>
        <translation>Bei Ankunft</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Encoding</source>
        <translation>Kodierung</translation>
    </message>
    <message>
        <source>SHA-256</source>
        <translation>SHA-256</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Downloaded</source>
        <translation>Geladen</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>Abruf</translation>
    </message>
    <message>
        <source>At the service</source>
        <translation>Beim Dienst</translation>
    </message>
    <message>
        <source>ID</source>
        <translation>ID</translation>
    </message>
    <message>
        <source>Select a recording to see its details.</source>
        <translation>Eine Aufzeichnung auswählen, um ihre Details zu sehen.</translation>
    </message>
    <message>
        <source>{number}, {search}</source>
        <translation>{number}, {search}</translation>
    </message>
    <message>
        <source>until {day}</source>
        <translation>bis {day}</translation>
    </message>
    <message>
        <source>length, digest and WAV structure</source>
        <translation>Länge, Prüfsumme und WAV-Aufbau</translation>
    </message>
    <message>
        <source>length and WAV structure</source>
        <translation>Länge und WAV-Aufbau</translation>
    </message>
</context>
<context>
    <name>DetailFrame</name>
    <message>
        <source>Always-On</source>
        <translation>Always-On</translation>
    </message>
    <message>
        <source>Called Party Information</source>
        <translation>Angerufener</translation>
    </message>
    <message>
        <source>Calling Party Information</source>
        <translation>Anrufer</translation>
    </message>
    <message>
        <source>Close the details (Esc)</source>
        <translation>Details schließen (Esc)</translation>
    </message>
    <message>
        <source>Inbound conversation</source>
        <translation>Eingehendes Gespräch</translation>
    </message>
    <message>
        <source>Number withheld</source>
        <translation>Nummer unterdrückt</translation>
    </message>
    <message>
        <source>On-Demand</source>
        <translation>On-Demand</translation>
    </message>
    <message>
        <source>Outbound conversation</source>
        <translation>Ausgehendes Gespräch</translation>
    </message>
    <message>
        <source>with {name}</source>
        <translation>mit {name}</translation>
    </message>
</context>
<context>
    <name>Dock</name>
    <message>
        <source>Replay</source>
        <translation>Wiedergabe</translation>
    </message>
</context>
<context>
    <name>DownloadDialog</name>
    <message>
        <source>Download</source>
        <translation>Herunterladen</translation>
    </message>
    <message>
        <source>Counting…</source>
        <translation>Wird gezählt…</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>Ändern…</translation>
    </message>
    <message>
        <source>Choose the archive&apos;s folder</source>
        <translation>Archivordner wählen</translation>
    </message>
    <message>
        <source>Nothing is missing in the archive</source>
        <translation>Im Archiv fehlt nichts</translation>
    </message>
    <message>
        <source>To fetch</source>
        <translation>Zu laden</translation>
    </message>
    <message>
        <source>Use this folder all the same</source>
        <translation>Diesen Ordner trotzdem verwenden</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Already here</source>
        <translation>Schon hier</translation>
    </message>
    <message>
        <source>Archive folder</source>
        <translation>Archivordner</translation>
    </message>
    <message>
        <source>Free there</source>
        <translation>Dort frei</translation>
    </message>
    <message>
        <source>Names</source>
        <translation>Namen</translation>
    </message>
    <message numerus="yes">
        <source>Download %n conversation(s)?</source>
        <translation>
            <numerusform>%Ln Gespräch herunterladen?</numerusform>
            <numerusform>%Ln Gespräche herunterladen?</numerusform>
        </translation>
    </message>
    <message>
        <source>There is nothing to download</source>
        <translation>Es gibt nichts herunterzuladen</translation>
    </message>
    <message>
        <source>What is not in the archive yet</source>
        <translation>Was noch nicht im Archiv ist</translation>
    </message>
    <message>
        <source>at least {size}</source>
        <translation>mindestens {size}</translation>
    </message>
    <message>
        <source>{count}, {size}</source>
        <translation>{count}, {size}</translation>
    </message>
    <message>
        <source>{size} in {count}</source>
        <translation>{size} in {count}</translation>
    </message>
    <message numerus="yes">
        <source>%n recording(s)</source>
        <translation>
            <numerusform>%Ln Aufzeichnung</numerusform>
            <numerusform>%Ln Aufzeichnungen</numerusform>
        </translation>
    </message>
    <message>
        <source>{count}, {size}; not fetched again</source>
        <translation>{count}, {size}; nicht noch einmal geladen</translation>
    </message>
    <message numerus="yes">
        <source>%n conversation(s)</source>
        <translation>
            <numerusform>%Ln Gespräch</numerusform>
            <numerusform>%Ln Gespräche</numerusform>
        </translation>
    </message>
    <message>
        <source>What is in the archive already is not fetched again</source>
        <translation>Was schon im Archiv ist, wird nicht noch einmal geladen</translation>
    </message>
    <message>
        <source>This folder is a risky place for an archive</source>
        <translation>Dieser Ordner ist ein riskanter Ort für ein Archiv</translation>
    </message>
    <message>
        <source>There is not enough room</source>
        <translation>Der Platz reicht nicht</translation>
    </message>
    <message>
        <source>{needed} are needed, {free} are free. The run waits when the drive is full.</source>
        <translation>{needed} werden gebraucht, {free} sind frei. Der Abruf wartet, wenn das Laufwerk voll ist.</translation>
    </message>
</context>
<context>
    <name>Downloading</name>
    <message numerus="yes">
        <source>Selection of %n</source>
        <translation>
            <numerusform>Auswahl von %Ln</numerusform>
            <numerusform>Auswahl von %Ln</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DownloadsModule</name>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>Active</source>
        <translation>Aktiv</translation>
    </message>
    <message>
        <source>Finished</source>
        <translation>Beendet</translation>
    </message>
    <message>
        <source>Which runs</source>
        <translation>Welche Abrufe</translation>
    </message>
    <message>
        <source>Nothing is being downloaded</source>
        <translation>Kein Download aktiv</translation>
    </message>
    <message>
        <source>Select conversations and choose Download, or take a whole search.</source>
        <translation>Gespräche auswählen und herunterladen, oder eine ganze Suche nehmen.</translation>
    </message>
    <message>
        <source>No run of this kind</source>
        <translation>Kein solcher Abruf</translation>
    </message>
    <message>
        <source>Choose All to see every run of this archive.</source>
        <translation>„Alle“ zeigt jeden Abruf dieses Archivs.</translation>
    </message>
    <message>
        <source>Downloads</source>
        <translation>Downloads</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>Abrufe</translation>
    </message>
    <message>
        <source>Go to Conversations</source>
        <translation>Zu den Gesprächen</translation>
    </message>
    <message>
        <source>New run…</source>
        <translation>Neuer Abruf…</translation>
    </message>
    <message>
        <source>Choose conversations or a search to download</source>
        <translation>Gespräche oder eine Suche zum Herunterladen wählen</translation>
    </message>
</context>
<context>
    <name>Edge</name>
    <message>
        <source>Drag to make the replay module higher (Up and Down)</source>
        <translation>Ziehen macht das Wiedergabemodul höher (Pfeil auf und ab)</translation>
    </message>
    <message>
        <source>Height of the replay module</source>
        <translation>Höhe des Wiedergabemoduls</translation>
    </message>
</context>
<context>
    <name>EndedNote</name>
    <message>
        <source>Downloads that wait for it go on by themselves after you have signed in again.</source>
        <translation>Downloads, die darauf warten, laufen nach der Anmeldung von selbst weiter.</translation>
    </message>
    <message>
        <source>Sign in again</source>
        <translation>Neu anmelden</translation>
    </message>
    <message>
        <source>Your sign-in has ended</source>
        <translation>Ihre Anmeldung ist abgelaufen</translation>
    </message>
</context>
<context>
    <name>Entrance</name>
    <message>
        <source>It stays on this computer.</source>
        <translation>Es bleibt auf diesem Computer.</translation>
    </message>
    <message>
        <source>Making up an account…</source>
        <translation>Ein Konto wird erfunden…</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Remove a profile</source>
        <translation>Profil entfernen</translation>
    </message>
    <message>
        <source>Remove “{profile}” from this computer? Its recordings and archives stay.</source>
        <translation>„{profile}“ von diesem Computer entfernen? Seine Aufzeichnungen und Archive bleiben.</translation>
    </message>
    <message>
        <source>Signing in…</source>
        <translation>Anmeldung läuft…</translation>
    </message>
    <message>
        <source>The service could not be reached, so it does not know yet. Its side ends by itself.</source>
        <translation>Der Dienst war nicht erreichbar und weiß es noch nicht. Auf seiner Seite endet die Anmeldung von selbst.</translation>
    </message>
    <message>
        <source>The stand-in service did not start on this computer.</source>
        <translation>Der Ersatzdienst ist auf diesem Computer nicht gestartet.</translation>
    </message>
    <message>
        <source>The stand-in service is not part of this installation.</source>
        <translation>Der Ersatzdienst ist nicht Teil dieser Installation.</translation>
    </message>
    <message>
        <source>The trial cannot be started</source>
        <translation>Das Ausprobieren lässt sich nicht beginnen</translation>
    </message>
    <message>
        <source>You are signed out on this computer</source>
        <translation>Sie sind auf diesem Computer abgemeldet</translation>
    </message>
</context>
<context>
    <name>ErrorDialog</name>
    <message>
        <source>MIR Download Client</source>
        <translation>MIR Download Client</translation>
    </message>
    <message>
        <source>Details for support</source>
        <translation>Details für den Support</translation>
    </message>
    <message>
        <source>Copy details</source>
        <translation>Details kopieren</translation>
    </message>
    <message>
        <source>No names, numbers or passwords are in these details.</source>
        <translation>Diese Details enthalten keine Namen, Nummern oder Kennwörter.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>What you can do</source>
        <translation>Was Sie tun können</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>Anmelden</translation>
    </message>
    <message>
        <source>Open Settings</source>
        <translation>Einstellungen öffnen</translation>
    </message>
    <message>
        <source>folded</source>
        <translation>zugeklappt</translation>
    </message>
    <message>
        <source>open</source>
        <translation>aufgeklappt</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
    <message>
        <source>Looking into the archive…</source>
        <translation>Das Archiv wird durchgesehen…</translation>
    </message>
    <message>
        <source>The recordings are copied as WAV files, with one table (CSV) that says what they are.</source>
        <translation>Die Aufzeichnungen werden als WAV-Dateien kopiert, mit einer Tabelle (CSV), die sagt, was sie sind.</translation>
    </message>
    <message>
        <source>Download first…</source>
        <translation>Erst herunterladen…</translation>
    </message>
    <message>
        <source>Progress of the export</source>
        <translation>Fortschritt des Exports</translation>
    </message>
    <message>
        <source>Show in the file manager</source>
        <translation>Im Dateimanager zeigen</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exportieren…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message numerus="yes">
        <source>Export %n recording(s)?</source>
        <translation>
            <numerusform>%Ln Aufzeichnung exportieren?</numerusform>
            <numerusform>%Ln Aufzeichnungen exportieren?</numerusform>
        </translation>
    </message>
    <message>
        <source>{size}, copied as WAV files with one table (CSV) that says what they are. Each copy is held against the digest in the archive.</source>
        <translation>{size}, als WAV-Dateien kopiert, mit einer Tabelle (CSV), die sagt, was sie sind. Jede Kopie wird mit der Prüfsumme im Archiv verglichen.</translation>
    </message>
    <message>
        <source>Nothing of this is in the archive yet</source>
        <translation>Davon ist noch nichts im Archiv</translation>
    </message>
    <message numerus="yes">
        <source>%n conversation(s) are not in the archive yet</source>
        <translation>
            <numerusform>%Ln Gespräch ist noch nicht im Archiv</numerusform>
            <numerusform>%Ln Gespräche sind noch nicht im Archiv</numerusform>
        </translation>
    </message>
    <message>
        <source>Only what is in the archive can be exported.</source>
        <translation>Exportiert wird nur, was im Archiv ist.</translation>
    </message>
    <message numerus="yes">
        <source>Selection of %n</source>
        <translation>
            <numerusform>Auswahl von %Ln</numerusform>
            <numerusform>Auswahl von %Ln</numerusform>
        </translation>
    </message>
    <message>
        <source>Save As</source>
        <translation>Speichern unter</translation>
    </message>
    <message>
        <source>Recordings (*.wav)</source>
        <translation>Aufzeichnungen (*.wav)</translation>
    </message>
    <message>
        <source>Copying…</source>
        <translation>Wird kopiert…</translation>
    </message>
    <message>
        <source>{done} of {total}, {size}</source>
        <translation>{done} von {total}, {size}</translation>
    </message>
    <message numerus="yes">
        <source>%n recording(s) were exported</source>
        <translation>
            <numerusform>%Ln Aufzeichnung wurde exportiert</numerusform>
            <numerusform>%Ln Aufzeichnungen wurden exportiert</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n recording(s) are damaged in the archive and were left out</source>
        <translation>
            <numerusform>%Ln Aufzeichnung ist im Archiv beschädigt und wurde ausgelassen</numerusform>
            <numerusform>%Ln Aufzeichnungen sind im Archiv beschädigt und wurden ausgelassen</numerusform>
        </translation>
    </message>
    <message>
        <source>The library names them and can fetch them again.</source>
        <translation>Die Bibliothek nennt sie und kann sie neu laden.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>FileManager</name>
    <message>
        <source>Show in Explorer</source>
        <translation>Im Explorer zeigen</translation>
    </message>
    <message>
        <source>Show in Finder</source>
        <translation>Im Finder zeigen</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>Im Ordner zeigen</translation>
    </message>
</context>
<context>
    <name>Findings</name>
    <message>
        <source>The recording is missing</source>
        <translation>Die Aufzeichnung fehlt</translation>
    </message>
    <message>
        <source>The recording is shorter than it was</source>
        <translation>Die Aufzeichnung ist kürzer als vorher</translation>
    </message>
    <message>
        <source>The recording is longer than it was</source>
        <translation>Die Aufzeichnung ist länger als vorher</translation>
    </message>
    <message>
        <source>The recording was changed</source>
        <translation>Die Aufzeichnung wurde verändert</translation>
    </message>
    <message>
        <source>In the recording&apos;s place lies something else</source>
        <translation>Am Platz der Aufzeichnung liegt etwas anderes</translation>
    </message>
    <message numerus="yes">
        <source>%n changed</source>
        <translation>
            <numerusform>%n verändert</numerusform>
            <numerusform>%n verändert</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n cut short</source>
        <translation>
            <numerusform>%n gekürzt</numerusform>
            <numerusform>%n gekürzt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n longer than before</source>
        <translation>
            <numerusform>%n länger als zuvor</numerusform>
            <numerusform>%n länger als zuvor</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n missing</source>
        <translation>
            <numerusform>%n fehlt</numerusform>
            <numerusform>%n fehlen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of another kind</source>
        <translation>
            <numerusform>%n anderer Art</numerusform>
            <numerusform>%n anderer Art</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n replaced by something else</source>
        <translation>
            <numerusform>%n durch etwas anderes ersetzt</numerusform>
            <numerusform>%n durch etwas anderes ersetzt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n unreadable</source>
        <translation>
            <numerusform>%n nicht lesbar</numerusform>
            <numerusform>%n nicht lesbar</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n with a changed table</source>
        <translation>
            <numerusform>%n mit veränderter Tabelle</numerusform>
            <numerusform>%n mit veränderter Tabelle</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n with changed marks</source>
        <translation>
            <numerusform>%n mit veränderten Markierungen</numerusform>
            <numerusform>%n mit veränderten Markierungen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n without a table</source>
        <translation>
            <numerusform>%n ohne Tabelle</numerusform>
            <numerusform>%n ohne Tabelle</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n without its marks</source>
        <translation>
            <numerusform>%n ohne ihre Markierungen</numerusform>
            <numerusform>%n ohne ihre Markierungen</numerusform>
        </translation>
    </message>
    <message>
        <source>It cannot be read: look at the drive and at permissions</source>
        <translation>Nicht lesbar: Laufwerk und Berechtigungen ansehen</translation>
    </message>
    <message>
        <source>The marks beside the recording are missing</source>
        <translation>Die Markierungen neben der Aufzeichnung fehlen</translation>
    </message>
    <message>
        <source>The marks beside the recording were changed</source>
        <translation>Die Markierungen neben der Aufzeichnung wurden verändert</translation>
    </message>
    <message>
        <source>The table beside the recording is missing</source>
        <translation>Die Tabelle neben der Aufzeichnung fehlt</translation>
    </message>
    <message>
        <source>The table beside the recording was changed</source>
        <translation>Die Tabelle neben der Aufzeichnung wurde verändert</translation>
    </message>
    <message>
        <source>A recording lies here that the archive&apos;s book does not know</source>
        <translation>Hier liegt eine Aufzeichnung, die das Archivbuch nicht kennt</translation>
    </message>
    <message>
        <source>A recording that was erased lies here still</source>
        <translation>Eine gelöschte Aufzeichnung liegt noch hier</translation>
    </message>
    <message>
        <source>A file that is not the archive&apos;s</source>
        <translation>Eine Datei, die nicht zum Archiv gehört</translation>
    </message>
    <message>
        <source>A line of the archive&apos;s book is damaged</source>
        <translation>Eine Zeile des Archivbuchs ist beschädigt</translation>
    </message>
    <message>
        <source>A line of the archive&apos;s book was never finished</source>
        <translation>Eine Zeile des Archivbuchs ist unvollendet</translation>
    </message>
    <message>
        <source>An unfinished file is left over</source>
        <translation>Eine unfertige Datei ist übrig</translation>
    </message>
    <message>
        <source>A recording that arrived damaged is kept aside</source>
        <translation>Eine beschädigt angekommene Aufzeichnung liegt beiseite</translation>
    </message>
    <message>
        <source>{size} at the end are missing</source>
        <translation>{size} fehlen am Ende</translation>
    </message>
</context>
<context>
    <name>FindingsDialog</name>
    <message>
        <source>What the check found</source>
        <translation>Was die Prüfung gefunden hat</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message numerus="yes">
        <source>%n finding(s)</source>
        <translation>
            <numerusform>%Ln Befund</numerusform>
            <numerusform>%Ln Befunde</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Foot</name>
    <message>
        <source>Last check {when}, stopped: {whole} of {all} whole</source>
        <translation>Letzte Prüfung {when}, abgebrochen: {whole} von {all} vollständig</translation>
    </message>
    <message>
        <source>Last check {when}, stopped: {whole} of {all} whole, {mended} mended since</source>
        <translation>Letzte Prüfung {when}, abgebrochen: {whole} von {all} vollständig, {mended} seither behoben</translation>
    </message>
    <message>
        <source>Last full check {when}: {whole} of {all} whole</source>
        <translation>Letzte ganze Prüfung {when}: {whole} von {all} vollständig</translation>
    </message>
    <message>
        <source>Last full check {when}: {whole} of {all} whole, {mended} mended since</source>
        <translation>Letzte ganze Prüfung {when}: {whole} von {all} vollständig, {mended} seither behoben</translation>
    </message>
    <message>
        <source>Proved on arrival, no full check since</source>
        <translation>Bei der Ankunft nachgewiesen, seither keine ganze Prüfung</translation>
    </message>
    <message>
        <source>{size} free on {drive}</source>
        <translation>{size} frei auf {drive}</translation>
    </message>
    <message>
        <source>{size} free</source>
        <translation>{size} frei</translation>
    </message>
</context>
<context>
    <name>Form</name>
    <message>
        <source>Another profile…</source>
        <translation>Anderes Profil…</translation>
    </message>
    <message>
        <source>Back without signing in</source>
        <translation>Zurück ohne Anmeldung</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
    <message>
        <source>Copy details</source>
        <translation>Details kopieren</translation>
    </message>
    <message>
        <source>Fixed by your organisation</source>
        <translation>Von Ihrer Organisation festgelegt</translation>
    </message>
    <message>
        <source>Kept by {keyring}, or not at all</source>
        <translation>Verwahrt von {keyring}, oder gar nicht</translation>
    </message>
    <message>
        <source>Name of the new profile</source>
        <translation>Name des neuen Profils</translation>
    </message>
    <message>
        <source>No account at hand?</source>
        <translation>Kein Konto zur Hand?</translation>
    </message>
    <message>
        <source>Open Settings</source>
        <translation>Einstellungen öffnen</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Kennwort</translation>
    </message>
    <message>
        <source>Please fill in: {fields}</source>
        <translation>Bitte ausfüllen: {fields}</translation>
    </message>
    <message>
        <source>Profile</source>
        <translation>Profil</translation>
    </message>
    <message>
        <source>Remove this profile from this computer</source>
        <translation>Dieses Profil von diesem Computer entfernen</translation>
    </message>
    <message>
        <source>Service address</source>
        <translation>Adresse des Dienstes</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>Anmelden</translation>
    </message>
    <message>
        <source>Sign in for this session only</source>
        <translation>Nur für diese Sitzung anmelden</translation>
    </message>
    <message>
        <source>Sign in with your browser</source>
        <translation>Mit dem Browser anmelden</translation>
    </message>
    <message>
        <source>Something is missing</source>
        <translation>Etwas fehlt</translation>
    </message>
    <message>
        <source>Stay signed in on this computer</source>
        <translation>Auf diesem Computer angemeldet bleiben</translation>
    </message>
    <message>
        <source>This computer has no keyring that can be used: for this session only</source>
        <translation>Dieser Computer hat keinen nutzbaren Schlüsselbund: nur für diese Sitzung</translation>
    </message>
    <message>
        <source>Try it</source>
        <translation>Ausprobieren</translation>
    </message>
    <message>
        <source>Try it with a made-up account on this computer.</source>
        <translation>Mit einem erfundenen Konto auf diesem Computer ausprobieren.</translation>
    </message>
    <message>
        <source>User name</source>
        <translation>Benutzername</translation>
    </message>
    <message>
        <source>or with a password</source>
        <translation>oder mit einem Kennwort</translation>
    </message>
    <message>
        <source>such as branch-office</source>
        <translation>etwa filiale-nord</translation>
    </message>
    <message>
        <source>to Mitel Interaction Recording</source>
        <translation>bei Mitel Interaction Recording</translation>
    </message>
</context>
<context>
    <name>FormView</name>
    <message>
        <source>Period</source>
        <translation>Zeitraum</translation>
    </message>
    <message>
        <source>Direction</source>
        <translation>Richtung</translation>
    </message>
    <message>
        <source>Duration</source>
        <translation>Dauer</translation>
    </message>
    <message>
        <source>Mode</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>Scope</source>
        <translation>Bereich</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>Nummer</translation>
    </message>
    <message>
        <source>Extension</source>
        <translation>Nebenstelle</translation>
    </message>
    <message>
        <source>Asking the service…</source>
        <translation>Der Dienst wird abgefragt…</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>Inbound</source>
        <translation>Eingehend</translation>
    </message>
    <message>
        <source>Outbound</source>
        <translation>Ausgehend</translation>
    </message>
    <message>
        <source>Any recording mode</source>
        <translation>Jede Art</translation>
    </message>
    <message>
        <source>Always-On</source>
        <translation>Always-On</translation>
    </message>
    <message>
        <source>On-Demand</source>
        <translation>On-Demand</translation>
    </message>
    <message>
        <source>Any group</source>
        <translation>Jede Gruppe</translation>
    </message>
    <message>
        <source>Find a group</source>
        <translation>Gruppe suchen</translation>
    </message>
    <message>
        <source>Anyone</source>
        <translation>Jeder</translation>
    </message>
    <message>
        <source>Find a person</source>
        <translation>Person suchen</translation>
    </message>
    <message>
        <source>With or without</source>
        <translation>Mit oder ohne</translation>
    </message>
    <message>
        <source>With voice recording</source>
        <translation>Mit Aufzeichnung</translation>
    </message>
    <message>
        <source>Without voice recording</source>
        <translation>Ohne Aufzeichnung</translation>
    </message>
    <message>
        <source>* stands for any</source>
        <translation>* steht für Beliebiges</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Von</translation>
    </message>
    <message>
        <source>Period from</source>
        <translation>Zeitraum von</translation>
    </message>
    <message>
        <source>To</source>
        <translation>Bis</translation>
    </message>
    <message>
        <source>Period to</source>
        <translation>Zeitraum bis</translation>
    </message>
    <message>
        <source>Recording mode</source>
        <translation>Aufzeichnungsart</translation>
    </message>
    <message>
        <source>Group</source>
        <translation>Gruppe</translation>
    </message>
    <message>
        <source>Owner</source>
        <translation>Besitzer</translation>
    </message>
    <message>
        <source>Voice</source>
        <translation>Ton</translation>
    </message>
    <message>
        <source>Voice recording</source>
        <translation>Sprachaufzeichnung</translation>
    </message>
    <message>
        <source>ID</source>
        <translation>ID</translation>
    </message>
    <message>
        <source>Conversation ID</source>
        <translation>Gesprächs-ID</translation>
    </message>
    <message>
        <source>Available</source>
        <translation>Verfügbar</translation>
    </message>
    <message>
        <source>Available since</source>
        <translation>Verfügbar seit</translation>
    </message>
    <message>
        <source>Conversation Information</source>
        <translation>Gesprächsinformationen</translation>
    </message>
    <message>
        <source>Calling Party Information</source>
        <translation>Anrufer</translation>
    </message>
    <message>
        <source>Called Party Information</source>
        <translation>Angerufener</translation>
    </message>
    <message>
        <source>Calling party&apos;s number</source>
        <translation>Nummer des Anrufers</translation>
    </message>
    <message>
        <source>Calling party&apos;s name</source>
        <translation>Name des Anrufers</translation>
    </message>
    <message>
        <source>Calling party&apos;s extension</source>
        <translation>Nebenstelle des Anrufers</translation>
    </message>
    <message>
        <source>Called party&apos;s number</source>
        <translation>Nummer des Angerufenen</translation>
    </message>
    <message>
        <source>Called party&apos;s name</source>
        <translation>Name des Angerufenen</translation>
    </message>
    <message>
        <source>Called party&apos;s extension</source>
        <translation>Nebenstelle des Angerufenen</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>The service could not be asked. Close the list and open it to try again.</source>
        <translation>Der Dienst war nicht erreichbar. Zum Wiederholen die Liste schließen und öffnen.</translation>
    </message>
    <message>
        <source>Write a day as {day}, with a time if you like.</source>
        <translation>Einen Tag wie {day} schreiben, auf Wunsch mit Uhrzeit.</translation>
    </message>
    <message>
        <source>Say from when, or until when.</source>
        <translation>Angeben, ab wann oder bis wann.</translation>
    </message>
    <message>
        <source>The period ends before it begins.</source>
        <translation>Der Zeitraum endet vor seinem Beginn.</translation>
    </message>
    <message>
        <source>The period lies in the future.</source>
        <translation>Der Zeitraum liegt in der Zukunft.</translation>
    </message>
</context>
<context>
    <name>FunctionalityBar</name>
    <message>
        <source>Back 10 seconds (Left)</source>
        <translation>10 Sekunden zurück (Links)</translation>
    </message>
    <message>
        <source>Balance</source>
        <translation>Balance</translation>
    </message>
    <message>
        <source>Balance and output</source>
        <translation>Balance und Ausgabe</translation>
    </message>
    <message>
        <source>Balance of the parties</source>
        <translation>Balance der Teilnehmer</translation>
    </message>
    <message>
        <source>Close replay: unload all</source>
        <translation>Wiedergabe schließen: alles entladen</translation>
    </message>
    <message>
        <source>Default output</source>
        <translation>Standardausgabe</translation>
    </message>
    <message>
        <source>Follow the cursor (F)</source>
        <translation>Dem Zeiger folgen (F)</translation>
    </message>
    <message>
        <source>Large replay (Ctrl+Shift+R)</source>
        <translation>Große Wiedergabe (Strg+Umschalt+R)</translation>
    </message>
    <message>
        <source>Loop the selection (R)</source>
        <translation>Auswahl wiederholen (R)</translation>
    </message>
    <message>
        <source>Mute (M)</source>
        <translation>Stumm (M)</translation>
    </message>
    <message>
        <source>Next conversation (PgDown)</source>
        <translation>Nächstes Gespräch (Bild ab)</translation>
    </message>
    <message>
        <source>No sound device</source>
        <translation>Kein Audiogerät</translation>
    </message>
    <message>
        <source>On 10 seconds (Right)</source>
        <translation>10 Sekunden vor (Rechts)</translation>
    </message>
    <message>
        <source>Paused: the sound device is gone</source>
        <translation>Angehalten: Das Audiogerät ist weg</translation>
    </message>
    <message>
        <source>Play one after the other (N)</source>
        <translation>Nacheinander wiedergeben (N)</translation>
    </message>
    <message>
        <source>Position</source>
        <translation>Position</translation>
    </message>
    <message>
        <source>Previous conversation (PgUp)</source>
        <translation>Voriges Gespräch (Bild auf)</translation>
    </message>
    <message>
        <source>Skip silence (Q)</source>
        <translation>Stille überspringen (Q)</translation>
    </message>
    <message>
        <source>Small replay (Esc)</source>
        <translation>Kleine Wiedergabe (Esc)</translation>
    </message>
    <message>
        <source>Sound on (M)</source>
        <translation>Ton an (M)</translation>
    </message>
    <message>
        <source>Speed (J slower, L faster, digits)</source>
        <translation>Geschwindigkeit (J langsamer, L schneller, Ziffern)</translation>
    </message>
    <message>
        <source>Stop (S)</source>
        <translation>Beenden (S)</translation>
    </message>
    <message>
        <source>There is no sound device: nothing is heard</source>
        <translation>Es gibt kein Audiogerät: Es ist nichts zu hören</translation>
    </message>
    <message>
        <source>Volume</source>
        <translation>Lautstärke</translation>
    </message>
    <message>
        <source>Volume (Ctrl+Up and Ctrl+Down)</source>
        <translation>Lautstärke (Strg+Pfeil auf und ab)</translation>
    </message>
    <message>
        <source>Where it is heard</source>
        <translation>Wo es zu hören ist</translation>
    </message>
    <message>
        <source>Zoom</source>
        <translation>Vergrößerung</translation>
    </message>
    <message>
        <source>Zoom in (+)</source>
        <translation>Vergrößern (+)</translation>
    </message>
    <message>
        <source>Zoom out (-)</source>
        <translation>Verkleinern (-)</translation>
    </message>
    <message>
        <source>{number}×</source>
        <comment>speed</comment>
        <translation>{number}×</translation>
    </message>
    <message>
        <source>{speed}	{key}</source>
        <translation>{speed}	{key}</translation>
    </message>
</context>
<context>
    <name>GoingBar</name>
    <message>
        <source>Began at {time}</source>
        <translation>Begonnen um {time}</translation>
    </message>
    <message>
        <source>Ends when what is in hand is durable; the next pull goes on</source>
        <translation>Endet, sobald gesichert ist, was in Arbeit ist; der nächste Abruf macht weiter</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Stopping: what is in hand becomes durable</source>
        <translation>Hält an: Was in Arbeit ist, wird gesichert</translation>
    </message>
    <message>
        <source>The run of this schedule</source>
        <translation>Der Lauf dieses Zeitplans</translation>
    </message>
</context>
<context>
    <name>Grip</name>
    <message>
        <source>Drag to make the panel wider (Left and Right)</source>
        <translation>Ziehen macht die Leiste breiter (Links und Rechts)</translation>
    </message>
    <message>
        <source>Width of the panel</source>
        <translation>Breite der Leiste</translation>
    </message>
</context>
<context>
    <name>Head</name>
    <message>
        <source>Find in the archive</source>
        <translation>Im Archiv suchen</translation>
    </message>
    <message>
        <source>Find in the archive (Ctrl+F)</source>
        <translation>Im Archiv suchen (Strg+F)</translation>
    </message>
    <message>
        <source>Group by</source>
        <translation>Gruppieren nach</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>Tag</translation>
    </message>
    <message>
        <source>Party</source>
        <translation>Teilnehmer</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Suche</translation>
    </message>
    <message>
        <source>Choose columns</source>
        <translation>Spalten wählen</translation>
    </message>
    <message>
        <source>Library</source>
        <translation>Bibliothek</translation>
    </message>
    <message numerus="yes">
        <source>%n recording(s)</source>
        <translation>
            <numerusform>%Ln Aufzeichnung</numerusform>
            <numerusform>%Ln Aufzeichnungen</numerusform>
        </translation>
    </message>
    <message>
        <source>{found} of {count}  ·  {size}  ·  {folder}</source>
        <translation>{found} von {count}  ·  {size}  ·  {folder}</translation>
    </message>
    <message>
        <source>{count}  ·  {size}  ·  {folder}</source>
        <translation>{count}  ·  {size}  ·  {folder}</translation>
    </message>
    <message numerus="yes">
        <source>Reading: %n recording(s)</source>
        <translation>
            <numerusform>Wird gelesen: %Ln Aufzeichnung</numerusform>
            <numerusform>Wird gelesen: %Ln Aufzeichnungen</numerusform>
        </translation>
    </message>
    <message>
        <source>Find in this list</source>
        <translation>In der Liste suchen</translation>
    </message>
    <message>
        <source>Find in this list (Ctrl+Shift+F)</source>
        <translation>In der Liste suchen (Strg+Umschalt+F)</translation>
    </message>
    <message>
        <source>Ask the service again (F5)</source>
        <translation>Dienst neu abfragen (F5)</translation>
    </message>
    <message>
        <source>Download everything this search finds</source>
        <translation>Alles herunterladen, was diese Suche findet</translation>
    </message>
    <message>
        <source>Edit it and keep it again, so that the system is told of it.</source>
        <translation>Bearbeiten und behalten Sie ihn noch einmal, damit das System davon erfährt.</translation>
    </message>
    <message>
        <source>It is at work already</source>
        <translation>Er läuft schon</translation>
    </message>
    <message>
        <source>Not everybody could be told of the last nights</source>
        <translation>Nicht alle konnten von den letzten Nächten erfahren</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Angehalten</translation>
    </message>
    <message>
        <source>Run now</source>
        <translation>Jetzt ausführen</translation>
    </message>
    <message>
        <source>The system&apos;s scheduler does not start it</source>
        <translation>Der Aufgabenplaner des Systems startet ihn nicht</translation>
    </message>
    <message>
        <source>The system, or another program, has started this schedule. Nothing was begun a second time.</source>
        <translation>Das System oder ein anderes Programm hat diesen Zeitplan gestartet. Nichts wurde ein zweites Mal begonnen.</translation>
    </message>
    <message>
        <source>last complete pull</source>
        <translation>letzter vollständiger Abruf</translation>
    </message>
    <message>
        <source>next run</source>
        <translation>nächster Lauf</translation>
    </message>
    <message>
        <source>nights covered</source>
        <translation>Nächte abgedeckt</translation>
    </message>
    <message>
        <source>no next run</source>
        <translation>kein nächster Lauf</translation>
    </message>
    <message>
        <source>{count} shown</source>
        <translation>{count} angezeigt</translation>
    </message>
    <message>
        <source>{covered} of {all}</source>
        <translation>{covered} von {all}</translation>
    </message>
    <message>
        <source>{here} of them read</source>
        <translation>{here} davon gelesen</translation>
    </message>
    <message>
        <source>{what}  ·  into {archive}</source>
        <translation>{what}  ·  nach {archive}</translation>
    </message>
    <message>
        <source>{what}  ·  into {archive}  ·  started by {scheduler}</source>
        <translation>{what}  ·  nach {archive}  ·  gestartet von {scheduler}</translation>
    </message>
    <message>
        <source>{count} not in the archive</source>
        <translation>{count} nicht im Archiv</translation>
    </message>
    <message>
        <source>as of {time}</source>
        <translation>Stand {time}</translation>
    </message>
    <message numerus="yes">
        <source>%n could not be read</source>
        <translation>
            <numerusform>%Ln nicht lesbar</numerusform>
            <numerusform>%Ln nicht lesbar</numerusform>
        </translation>
    </message>
    <message>
        <source>Download all {count}…</source>
        <translation>Alle {count} herunterladen…</translation>
    </message>
    <message>
        <source>Download all…</source>
        <translation>Alle herunterladen…</translation>
    </message>
</context>
<context>
    <name>HelpWindow</name>
    <message>
        <source>MIR Download Client Help</source>
        <translation>Hilfe zum MIR Download Client</translation>
    </message>
    <message>
        <source>Search in help</source>
        <translation>In der Hilfe suchen</translation>
    </message>
    <message>
        <source>Back (Alt+Left)</source>
        <translation>Zurück (Alt+Links)</translation>
    </message>
    <message>
        <source>Forward (Alt+Right)</source>
        <translation>Vor (Alt+Rechts)</translation>
    </message>
    <message>
        <source>Contents</source>
        <translation>Inhalt</translation>
    </message>
    <message>
        <source>Search in help (Ctrl+F)</source>
        <translation>In der Hilfe suchen (Strg+F)</translation>
    </message>
    <message numerus="yes">
        <source>%n place(s) found</source>
        <translation>
            <numerusform>%n Stelle gefunden</numerusform>
            <numerusform>%n Stellen gefunden</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>Nichts gefunden</translation>
    </message>
</context>
<context>
    <name>HistoryModel</name>
    <message>
        <source>Archived</source>
        <translation>Archiviert</translation>
    </message>
    <message>
        <source>Night</source>
        <translation>Nacht</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>Ergebnis</translation>
    </message>
    <message>
        <source>Took</source>
        <translation>Dauer</translation>
    </message>
    <message>
        <source>{archived} of {listed}</source>
        <translation>{archived} von {listed}</translation>
    </message>
</context>
<context>
    <name>HistoryView</name>
    <message>
        <source>Nights</source>
        <translation>Nächte</translation>
    </message>
</context>
<context>
    <name>ItemActions</name>
    <message>
        <source>Retry</source>
        <translation>Wiederholen</translation>
    </message>
    <message>
        <source>Put first</source>
        <translation>Zuerst laden</translation>
    </message>
    <message>
        <source>Leave out</source>
        <translation>Auslassen</translation>
    </message>
    <message>
        <source>Take in again</source>
        <translation>Wieder aufnehmen</translation>
    </message>
    <message>
        <source>Copy details for support</source>
        <translation>Details für den Support kopieren</translation>
    </message>
</context>
<context>
    <name>ItemWords</name>
    <message>
        <source>Deleted by the service: retention ended {day}</source>
        <translation>Vom Dienst gelöscht: Aufbewahrung endete {day}</translation>
    </message>
    <message>
        <source>Retry later. If it stays so, tell the service&apos;s operator.</source>
        <translation>Später wiederholen. Bleibt es so, den Betreiber des Dienstes informieren.</translation>
    </message>
    <message>
        <source>Not downloaded</source>
        <translation>Nicht geladen</translation>
    </message>
    <message>
        <source>Queued</source>
        <translation>Eingereiht</translation>
    </message>
    <message>
        <source>Downloading</source>
        <translation>Wird geladen</translation>
    </message>
    <message>
        <source>In archive</source>
        <translation>Im Archiv</translation>
    </message>
    <message>
        <source>No longer permitted: your access changed</source>
        <translation>Nicht mehr erlaubt: Ihr Zugriff hat sich geändert</translation>
    </message>
    <message>
        <source>Ask a Phone Manager, then retry. The others went on.</source>
        <translation>Einen Phone Manager fragen, dann wiederholen. Die anderen gingen weiter.</translation>
    </message>
    <message>
        <source>Deleted by the service: its retention ended</source>
        <translation>Vom Dienst gelöscht: Aufbewahrung beendet</translation>
    </message>
    <message>
        <source>It cannot be had any more. Download more often than retention deletes.</source>
        <translation>Endgültig fort. Öfter herunterladen, als die Aufbewahrung löscht.</translation>
    </message>
    <message>
        <source>No longer at the service: deleted, or hidden from you</source>
        <translation>Nicht mehr beim Dienst: gelöscht oder für Sie verborgen</translation>
    </message>
    <message>
        <source>Retry if your access has changed since.</source>
        <translation>Wiederholen, falls sich Ihr Zugriff seither geändert hat.</translation>
    </message>
    <message>
        <source>The service has no audio for this conversation</source>
        <translation>Der Dienst hat zu diesem Gespräch keinen Ton</translation>
    </message>
    <message>
        <source>Tell the service&apos;s operator if there should be one.</source>
        <translation>Den Betreiber des Dienstes informieren, falls es einen geben müsste.</translation>
    </message>
    <message>
        <source>Empty at the service: there is nothing to download</source>
        <translation>Beim Dienst leer: es gibt nichts zu laden</translation>
    </message>
    <message>
        <source>Tell the service&apos;s operator if there should be sound.</source>
        <translation>Den Betreiber des Dienstes informieren, falls es Ton geben müsste.</translation>
    </message>
    <message>
        <source>Arrived damaged twice: the digest does not match</source>
        <translation>Zweimal beschädigt angekommen: die Prüfsumme stimmt nicht</translation>
    </message>
    <message>
        <source>What arrived is not a whole WAV file</source>
        <translation>Was ankam, ist keine vollständige WAV-Datei</translation>
    </message>
    <message>
        <source>Erased here, never downloaded again</source>
        <translation>Hier gelöscht, wird nie wieder geladen</translation>
    </message>
    <message>
        <source>Not ready at the service yet, asked again at {time}</source>
        <translation>Beim Dienst noch nicht bereit, nächste Anfrage um {time}</translation>
    </message>
    <message>
        <source>Not ready at the service yet</source>
        <translation>Beim Dienst noch nicht bereit</translation>
    </message>
    <message>
        <source>Retry later: the service still prepares it.</source>
        <translation>Später wiederholen: der Dienst bereitet sie noch vor.</translation>
    </message>
    <message>
        <source>Downloaded; another program holds the file</source>
        <translation>Geladen; ein anderes Programm hält die Datei fest</translation>
    </message>
    <message>
        <source>It is placed at the next try. Nothing is fetched again.</source>
        <translation>Sie wird beim nächsten Versuch abgelegt. Nichts wird neu geladen.</translation>
    </message>
    <message>
        <source>Downloaded and proved, being placed</source>
        <translation>Geladen und geprüft, wird abgelegt</translation>
    </message>
    <message>
        <source>{reason}, tried again at {time} (try {number})</source>
        <translation>{reason}, neuer Versuch um {time} (Nr.&#xa0;{number})</translation>
    </message>
    <message>
        <source>{reason}, tried again when the run goes on</source>
        <translation>{reason}, neuer Versuch, wenn der Abruf weitergeht</translation>
    </message>
    <message>
        <source>Retry: it goes on where it stopped.</source>
        <translation>Wiederholen: es geht dort weiter, wo es aufgehört hat.</translation>
    </message>
    <message>
        <source>Connection lost</source>
        <translation>Verbindung verloren</translation>
    </message>
    <message>
        <source>The service could not be reached</source>
        <translation>Der Dienst war nicht erreichbar</translation>
    </message>
    <message>
        <source>The network failed</source>
        <translation>Das Netz ist ausgefallen</translation>
    </message>
    <message>
        <source>The service did not answer in time</source>
        <translation>Der Dienst hat nicht rechtzeitig geantwortet</translation>
    </message>
    <message>
        <source>The service was not available</source>
        <translation>Der Dienst war nicht verfügbar</translation>
    </message>
    <message>
        <source>The service limited the rate</source>
        <translation>Der Dienst begrenzte die Rate</translation>
    </message>
    <message>
        <source>The service&apos;s answer could not be understood</source>
        <translation>Die Antwort des Dienstes war nicht zu verstehen</translation>
    </message>
    <message>
        <source>The service rejected the request</source>
        <translation>Der Dienst hat die Anfrage abgelehnt</translation>
    </message>
    <message>
        <source>The service answered with an error</source>
        <translation>Der Dienst hat mit einem Fehler geantwortet</translation>
    </message>
    <message>
        <source>The service sent something else than audio</source>
        <translation>Der Dienst hat etwas anderes als Ton gesendet</translation>
    </message>
    <message>
        <source>Nothing was saved. If a network asks you to sign in first, do so, then retry.</source>
        <translation>Nichts wurde gespeichert. Verlangt ein Netz zuerst eine Anmeldung, dort anmelden, dann wiederholen.</translation>
    </message>
    <message>
        <source>Arrived incomplete</source>
        <translation>Unvollständig angekommen</translation>
    </message>
    <message>
        <source>Changed at the service while it was downloaded</source>
        <translation>Beim Dienst geändert, während sie geladen wurde</translation>
    </message>
    <message>
        <source>The service does not resume downloads correctly</source>
        <translation>Der Dienst setzt Downloads nicht richtig fort</translation>
    </message>
    <message>
        <source>Arrived damaged: the digest does not match</source>
        <translation>Beschädigt angekommen: die Prüfsumme stimmt nicht</translation>
    </message>
    <message>
        <source>The drive reported an error</source>
        <translation>Das Laufwerk hat einen Fehler gemeldet</translation>
    </message>
    <message>
        <source>Check the drive&apos;s health, then retry.</source>
        <translation>Den Zustand des Laufwerks prüfen, dann wiederholen.</translation>
    </message>
    <message>
        <source>Another program holds the file</source>
        <translation>Ein anderes Programm hält die Datei fest</translation>
    </message>
    <message>
        <source>Retry; exclude the archive&apos;s .mir folder from scanning if it stays so.</source>
        <translation>Wiederholen; bleibt es so, den Ordner .mir des Archivs vom Virenscan ausnehmen.</translation>
    </message>
    <message>
        <source>The archive drive is full</source>
        <translation>Das Laufwerk des Archivs ist voll</translation>
    </message>
    <message>
        <source>Free some space, then retry.</source>
        <translation>Platz schaffen, dann wiederholen.</translation>
    </message>
    <message>
        <source>The archive could not be written</source>
        <translation>Das Archiv war nicht beschreibbar</translation>
    </message>
    <message>
        <source>Check the drive and its permissions, then retry.</source>
        <translation>Laufwerk und Berechtigungen prüfen, dann wiederholen.</translation>
    </message>
    <message>
        <source>A path would lead out of the archive</source>
        <translation>Ein Pfad würde aus dem Archiv hinausführen</translation>
    </message>
    <message>
        <source>Remove the link that was planted in the archive folder, then retry.</source>
        <translation>Die untergeschobene Verknüpfung im Archivordner entfernen, dann wiederholen.</translation>
    </message>
    <message>
        <source>Stopped before it was whole</source>
        <translation>Abgebrochen, bevor sie vollständig war</translation>
    </message>
    <message>
        <source>It could not be downloaded</source>
        <translation>Sie konnte nicht geladen werden</translation>
    </message>
</context>
<context>
    <name>ItemsModel</name>
    <message>
        <source>Conversation</source>
        <translation>Gespräch</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
</context>
<context>
    <name>LengthsField</name>
    <message>
        <source>As 10:00, 90 s or 10 min</source>
        <translation>Wie 10:00, 90&#xa0;s oder 10&#xa0;min</translation>
    </message>
    <message>
        <source>from</source>
        <translation>von</translation>
    </message>
    <message>
        <source>Duration from</source>
        <translation>Dauer von</translation>
    </message>
    <message>
        <source>to</source>
        <translation>bis</translation>
    </message>
    <message>
        <source>Duration to</source>
        <translation>Dauer bis</translation>
    </message>
    <message>
        <source>Write it as 10:00, 10 min or 90 s, up to a week.</source>
        <translation>Wie 10:00, 10&#xa0;min oder 90&#xa0;s schreiben, höchstens eine Woche.</translation>
    </message>
    <message>
        <source>The longest duration is below the shortest.</source>
        <translation>Die längste Dauer ist kürzer als die kürzeste.</translation>
    </message>
</context>
<context>
    <name>Library</name>
    <message>
        <source>Start</source>
        <translation>Beginn</translation>
    </message>
    <message>
        <source>Calling party</source>
        <translation>Anrufer</translation>
    </message>
    <message>
        <source>Called party</source>
        <translation>Angerufener</translation>
    </message>
    <message>
        <source>Checked, whole</source>
        <translation>Geprüft, vollständig</translation>
    </message>
    <message>
        <source>Duration</source>
        <translation>Dauer</translation>
    </message>
    <message>
        <source>Proved on arrival</source>
        <translation>Bei Ankunft nachgewiesen</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Encoding</source>
        <translation>Kodierung</translation>
    </message>
    <message>
        <source>Proof</source>
        <translation>Nachweis</translation>
    </message>
    <message>
        <source>Not known</source>
        <translation>Unbekannt</translation>
    </message>
    <message>
        <source>Without a name</source>
        <translation>Ohne Namen</translation>
    </message>
    <message>
        <source>Number withheld</source>
        <translation>Nummer unterdrückt</translation>
    </message>
    <message>
        <source>{codec}, stereo</source>
        <translation>{codec}, stereo</translation>
    </message>
    <message>
        <source>Damaged</source>
        <translation>Beschädigt</translation>
    </message>
    <message>
        <source>Missing</source>
        <translation>Fehlt</translation>
    </message>
    <message>
        <source>dddd, d MMMM yyyy</source>
        <comment>heading of a day</comment>
        <translation>dddd, d. MMMM yyyy</translation>
    </message>
    <message>
        <source>dddd, d MMMM</source>
        <comment>heading of a day of this year</comment>
        <translation>dddd, d. MMMM</translation>
    </message>
</context>
<context>
    <name>LibraryModule</name>
    <message>
        <source>Recordings in the archive</source>
        <translation>Aufzeichnungen im Archiv</translation>
    </message>
    <message>
        <source>Library</source>
        <translation>Bibliothek</translation>
    </message>
    <message>
        <source>Verify…</source>
        <translation>Prüfen…</translation>
    </message>
    <message>
        <source>Export CSV…</source>
        <translation>CSV exportieren…</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exportieren…</translation>
    </message>
    <message>
        <source>Show the file</source>
        <translation>Datei zeigen</translation>
    </message>
    <message>
        <source>Open another archive…</source>
        <translation>Anderes Archiv öffnen…</translation>
    </message>
</context>
<context>
    <name>LineBar</name>
    <message numerus="yes">
        <source>%n conversation(s) loaded</source>
        <translation>
            <numerusform>%n Gespräch geladen</numerusform>
            <numerusform>%n Gespräche geladen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n conversation(s) on the way</source>
        <translation>
            <numerusform>%n Gespräch unterwegs</numerusform>
            <numerusform>%n Gespräche unterwegs</numerusform>
        </translation>
    </message>
    <message>
        <source>Close replay: unload all</source>
        <translation>Wiedergabe schließen: alles entladen</translation>
    </message>
    <message>
        <source>Next conversation (PgDown)</source>
        <translation>Nächstes Gespräch (Bild ab)</translation>
    </message>
    <message>
        <source>Open replay (Ctrl+Shift+R)</source>
        <translation>Wiedergabe öffnen (Strg+Umschalt+R)</translation>
    </message>
    <message>
        <source>Position</source>
        <translation>Position</translation>
    </message>
    <message>
        <source>Replay</source>
        <translation>Wiedergabe</translation>
    </message>
    <message>
        <source>{position} / {length}</source>
        <translation>{position} / {length}</translation>
    </message>
</context>
<context>
    <name>ListeningWindow</name>
    <message>
        <source>Drop recordings here</source>
        <translation>Aufzeichnungen hierher ziehen</translation>
    </message>
    <message>
        <source>Open files</source>
        <translation>Dateien öffnen</translation>
    </message>
    <message>
        <source>Open files (Ctrl+O)</source>
        <translation>Dateien öffnen (Strg+O)</translation>
    </message>
    <message>
        <source>Open files…</source>
        <translation>Dateien öffnen…</translation>
    </message>
    <message>
        <source>Recordings (*.wav *.WAV);;All files (*)</source>
        <translation>Aufzeichnungen (*.wav *.WAV);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Replay – MIR Download Client</source>
        <translation>Wiedergabe – MIR Download Client</translation>
    </message>
    <message>
        <source>WAV files, one or several, or a folder of them.</source>
        <translation>WAV-Dateien, eine oder mehrere, oder ein Ordner davon.</translation>
    </message>
</context>
<context>
    <name>Listing</name>
    <message>
        <source>Start</source>
        <translation>Beginn</translation>
    </message>
    <message>
        <source>Calling party</source>
        <translation>Anrufer</translation>
    </message>
    <message>
        <source>Called party</source>
        <translation>Angerufener</translation>
    </message>
    <message>
        <source>Duration</source>
        <translation>Dauer</translation>
    </message>
    <message>
        <source>Mode</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>Archive</source>
        <translation>Archiv</translation>
    </message>
    <message>
        <source>Owner</source>
        <translation>Besitzer</translation>
    </message>
    <message>
        <source>Groups</source>
        <translation>Gruppen</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Available until</source>
        <translation>Verfügbar bis</translation>
    </message>
    <message>
        <source>No name sent</source>
        <translation>Ohne Namen</translation>
    </message>
    <message>
        <source>Number withheld</source>
        <translation>Nummer unterdrückt</translation>
    </message>
    <message>
        <source>Inbound</source>
        <translation>Eingehend</translation>
    </message>
    <message>
        <source>Outbound</source>
        <translation>Ausgehend</translation>
    </message>
    <message>
        <source>Always-On</source>
        <translation>Always-On</translation>
    </message>
    <message>
        <source>On-Demand</source>
        <translation>On-Demand</translation>
    </message>
    <message numerus="yes">
        <source>%n day(s) left</source>
        <translation>
            <numerusform>noch %n Tag</numerusform>
            <numerusform>noch %n Tage</numerusform>
        </translation>
    </message>
    <message>
        <source>Participant</source>
        <translation>Teilnehmer</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>Rolle</translation>
    </message>
    <message>
        <source>Joined</source>
        <translation>Dabei ab</translation>
    </message>
    <message>
        <source>Left</source>
        <translation>Dabei bis</translation>
    </message>
    <message>
        <source>With</source>
        <translation>Mit</translation>
    </message>
    <message>
        <source>Caller</source>
        <translation>Anrufer</translation>
    </message>
    <message>
        <source>Called</source>
        <translation>Angerufener</translation>
    </message>
</context>
<context>
    <name>ListingModule</name>
    <message>
        <source>Group by</source>
        <translation>Gruppieren nach</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>Herunterladen</translation>
    </message>
    <message>
        <source>Show the details</source>
        <translation>Details zeigen</translation>
    </message>
    <message>
        <source>Select all</source>
        <translation>Alle auswählen</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>MIR Download Client</source>
        <translation>MIR Download Client</translation>
    </message>
</context>
<context>
    <name>MakingDialog</name>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Progress of the copy</source>
        <translation>Fortschritt der Kopie</translation>
    </message>
</context>
<context>
    <name>MarkDialog</name>
    <message>
        <source>Add mark</source>
        <translation>Markierung setzen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Change mark</source>
        <translation>Markierung ändern</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Notiz</translation>
    </message>
    <message>
        <source>What is said here</source>
        <translation>Was hier gesagt wird</translation>
    </message>
</context>
<context>
    <name>MarksModel</name>
    <message>
        <source>At</source>
        <translation>Um</translation>
    </message>
    <message>
        <source>By</source>
        <translation>Von</translation>
    </message>
    <message>
        <source>Conversation</source>
        <translation>Gespräch</translation>
    </message>
    <message>
        <source>Mark</source>
        <translation>Markierung</translation>
    </message>
    <message>
        <source>Pause of the recording</source>
        <translation>Pause der Aufzeichnung</translation>
    </message>
    <message>
        <source>Recording was paused for {length}</source>
        <translation>Die Aufzeichnung war {length} lang angehalten</translation>
    </message>
    <message>
        <source>Selection, {length}: {note}</source>
        <translation>Auswahl, {length}: {note}</translation>
    </message>
</context>
<context>
    <name>MarksPanel</name>
    <message>
        <source>Add mark</source>
        <translation>Markierung setzen</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>Ändern…</translation>
    </message>
    <message>
        <source>Export CSV…</source>
        <translation>CSV exportieren…</translation>
    </message>
    <message>
        <source>Export marks</source>
        <translation>Markierungen exportieren</translation>
    </message>
    <message>
        <source>Go to it</source>
        <translation>Dorthin gehen</translation>
    </message>
    <message>
        <source>Mark this moment (Ctrl+M)</source>
        <translation>Diesen Augenblick markieren (Strg+M)</translation>
    </message>
    <message>
        <source>Marks</source>
        <translation>Markierungen</translation>
    </message>
    <message>
        <source>No marks yet. Ctrl+M marks what you hear now, or what you have selected.</source>
        <translation>Noch keine Markierungen. Strg+M markiert, was Sie gerade hören oder ausgewählt haben.</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Save the marks on show as a table</source>
        <translation>Die gezeigten Markierungen als Tabelle sichern</translation>
    </message>
    <message>
        <source>Search marks</source>
        <translation>Markierungen suchen</translation>
    </message>
    <message>
        <source>Search the marks of the whole archive, not only of what is loaded</source>
        <translation>Die Markierungen des ganzen Archivs durchsuchen, nicht nur des Geladenen</translation>
    </message>
    <message>
        <source>Tables (*.csv)</source>
        <translation>Tabellen (*.csv)</translation>
    </message>
    <message>
        <source>Whole archive</source>
        <translation>Ganzes Archiv</translation>
    </message>
</context>
<context>
    <name>MomentField</name>
    <message>
        <source>Calendar</source>
        <translation>Kalender</translation>
    </message>
    <message>
        <source>Calendar (Down)</source>
        <translation>Kalender (Pfeil runter)</translation>
    </message>
    <message>
        <source>Month before</source>
        <translation>Voriger Monat</translation>
    </message>
    <message>
        <source>Month after</source>
        <translation>Nächster Monat</translation>
    </message>
</context>
<context>
    <name>Month</name>
    <message>
        <source>Calendar of nights</source>
        <translation>Kalender der Nächte</translation>
    </message>
    <message>
        <source>{day}: {outcome}, {more}</source>
        <translation>{day}: {outcome}, {more}</translation>
    </message>
</context>
<context>
    <name>Mpris</name>
    <message>
        <source>Conversation {number}</source>
        <translation>Gespräch {number}</translation>
    </message>
</context>
<context>
    <name>NavigationBar</name>
    <message>
        <source>Modules</source>
        <translation>Module</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Settings (Ctrl+,)</source>
        <translation>Einstellungen (Strg+,)</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>Hilfe</translation>
    </message>
    <message>
        <source>Help (F1)</source>
        <translation>Hilfe (F1)</translation>
    </message>
    <message numerus="yes">
        <source>%n active</source>
        <translation>
            <numerusform>%n aktiv</numerusform>
            <numerusform>%n aktiv</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n active, one needs you</source>
        <translation>
            <numerusform>%n aktiv, er braucht Sie</numerusform>
            <numerusform>%n aktiv, einer braucht Sie</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>NewerNote</name>
    <message>
        <source>Close: do not show this version again</source>
        <translation>Schließen: diese Version nicht mehr anzeigen</translation>
    </message>
    <message>
        <source>Open its page</source>
        <translation>Seite öffnen</translation>
    </message>
    <message>
        <source>This is version {number}. It stays as it is until somebody installs the newer one.</source>
        <translation>Dies ist Version {number}. Sie bleibt, wie sie ist, bis jemand die neuere installiert.</translation>
    </message>
    <message>
        <source>Version {number} is available</source>
        <translation>Version {number} ist verfügbar</translation>
    </message>
</context>
<context>
    <name>NightView</name>
    <message>
        <source>A night</source>
        <translation>Eine Nacht</translation>
    </message>
    <message>
        <source>Archived</source>
        <translation>Archiviert</translation>
    </message>
    <message>
        <source>Exceptions</source>
        <translation>Ausnahmen</translation>
    </message>
    <message>
        <source>Its time and its window passed without a run: the computer was off or asleep, or the system&apos;s scheduler did not start it. The next complete pull covers it.</source>
        <translation>Ihre Zeit und ihr Fenster vergingen ohne Lauf: der Computer war aus oder schlief, oder der Aufgabenplaner des Systems startete sie nicht. Der nächste vollständige Abruf deckt sie ab.</translation>
    </message>
    <message>
        <source>Listed</source>
        <translation>Gelistet</translation>
    </message>
    <message>
        <source>Next pull</source>
        <translation>Nächster Abruf</translation>
    </message>
    <message>
        <source>Night of {day}</source>
        <translation>Nacht des {day}</translation>
    </message>
    <message>
        <source>Nothing is known of this day</source>
        <translation>Von diesem Tag ist nichts bekannt</translation>
    </message>
    <message>
        <source>Nothing ran on this day. The pull of {day} covers it.</source>
        <translation>An diesem Tag lief nichts. Der Abruf vom {day} deckt ihn ab.</translation>
    </message>
    <message>
        <source>Open report</source>
        <translation>Bericht öffnen</translation>
    </message>
    <message>
        <source>Ran</source>
        <translation>Lief</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>Wiederholen</translation>
    </message>
    <message>
        <source>asks for the same again</source>
        <translation>fragt wieder nach demselben</translation>
    </message>
    <message>
        <source>goes on from here</source>
        <translation>geht von hier weiter</translation>
    </message>
    <message>
        <source>{count}, {size}</source>
        <translation>{count}, {size}</translation>
    </message>
    <message>
        <source>{day}, {begin} – {end}</source>
        <translation>{day}, {begin} – {end}</translation>
    </message>
    <message>
        <source>{reason}  ·  {count}</source>
        <translation>{reason}  ·  {count}</translation>
    </message>
</context>
<context>
    <name>NoAccess</name>
    <message>
        <source>Check again</source>
        <translation>Noch einmal prüfen</translation>
    </message>
    <message>
        <source>Checked just now: it is still None.</source>
        <translation>Gerade geprüft: es ist noch None.</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
    <message>
        <source>Copy a message to your Phone Manager</source>
        <translation>Nachricht an den Phone Manager kopieren</translation>
    </message>
    <message>
        <source>Hello,

I can sign in to Mitel Interaction Recording, but my access level is None, so I see no recordings. Please set Record Management Access for me in the Account Portal (Own/Group Recordings or All Recordings).

Name: {name}
E-mail: {email}

Thank you</source>
        <translation>Guten Tag,

ich kann mich bei Mitel Interaction Recording anmelden, aber meine Zugriffsstufe ist None, und so sehe ich keine Aufzeichnungen. Bitte legen Sie im Account Portal Record Management Access für mich fest (Own/Group Recordings oder All Recordings).

Name: {name}
E-Mail: {email}

Vielen Dank</translation>
    </message>
    <message>
        <source>What was downloaded before stays in the Library.</source>
        <translation>Was früher geladen wurde, bleibt in der Bibliothek.</translation>
    </message>
    <message>
        <source>You are signed in, but the service shows you no recordings, not even your own. A Decision Maker or Phone Manager of your account grants access in the Account Portal, under Record Management Access. A change shows here within 5 minutes.</source>
        <translation>Sie sind angemeldet, aber der Dienst zeigt Ihnen keine Aufzeichnungen, auch nicht die eigenen. Ein Decision Maker oder Phone Manager Ihres Kontos gewährt Zugriff im Account Portal unter Record Management Access. Eine Änderung zeigt sich hier innerhalb von 5&#xa0;Minuten.</translation>
    </message>
    <message>
        <source>Your access level is None</source>
        <translation>Ihre Zugriffsstufe ist None</translation>
    </message>
</context>
<context>
    <name>Notes</name>
    <message>
        <source>Fetch again</source>
        <translation>Neu laden</translation>
    </message>
    <message>
        <source>Bring the damaged recordings from the service once more</source>
        <translation>Die beschädigten Aufzeichnungen noch einmal vom Dienst holen</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Zeigen</translation>
    </message>
    <message>
        <source>What was found</source>
        <translation>Befunde</translation>
    </message>
    <message>
        <source>This archive belongs to another account</source>
        <translation>Dieses Archiv gehört zu einem anderen Konto</translation>
    </message>
    <message>
        <source>It can be looked at and checked. What you download needs an archive of your own account.</source>
        <translation>Es lässt sich ansehen und prüfen. Downloads brauchen ein Archiv Ihres eigenen Kontos.</translation>
    </message>
    <message numerus="yes">
        <source>%n recording(s) are damaged</source>
        <translation>
            <numerusform>%Ln Aufzeichnung ist beschädigt</numerusform>
            <numerusform>%Ln Aufzeichnungen sind beschädigt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n thing(s) in the archive are not as they should be</source>
        <translation>
            <numerusform>%Ln Sache im Archiv ist nicht, wie sie sein soll</numerusform>
            <numerusform>%Ln Dinge im Archiv sind nicht, wie sie sein sollen</numerusform>
        </translation>
    </message>
    <message>
        <source>Found by the check of {day}: {what}.</source>
        <translation>Gefunden von der Prüfung am {day}: {what}.</translation>
    </message>
    <message>
        <source>Show everything</source>
        <translation>Alles zeigen</translation>
    </message>
    <message>
        <source>The file is not there</source>
        <translation>Die Datei ist nicht da</translation>
    </message>
    <message>
        <source>{file}. Verify names everything that is missing.</source>
        <translation>{file}. „Prüfen“ nennt alles, was fehlt.</translation>
    </message>
    <message numerus="yes">
        <source>%n recording(s) will be deleted by the service within 14 days and are not in the archive</source>
        <translation>
            <numerusform>%Ln Aufzeichnung löscht der Dienst in den nächsten 14&#xa0;Tagen; sie ist nicht im Archiv</numerusform>
            <numerusform>%Ln Aufzeichnungen löscht der Dienst in den nächsten 14&#xa0;Tagen; sie sind nicht im Archiv</numerusform>
        </translation>
    </message>
    <message>
        <source>The first one on {day}.</source>
        <translation>Die erste am {day}.</translation>
    </message>
    <message numerus="yes">
        <source>Download %n</source>
        <translation>
            <numerusform>%Ln herunterladen</numerusform>
            <numerusform>%Ln herunterladen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>OfflineNote</name>
    <message>
        <source>Open Library</source>
        <translation>Bibliothek öffnen</translation>
    </message>
    <message>
        <source>Try now</source>
        <translation>Jetzt versuchen</translation>
    </message>
    <message>
        <source>You are offline</source>
        <translation>Keine Verbindung</translation>
    </message>
    <message>
        <source>{reason}. It is being tried now.</source>
        <translation>{reason}. Gerade wird es versucht.</translation>
    </message>
    <message>
        <source>{reason}. It is tried again in {time}. What was downloaded stays in the Library.</source>
        <translation>{reason}. Neuer Versuch in {time}. Was geladen wurde, bleibt in der Bibliothek.</translation>
    </message>
</context>
<context>
    <name>Outputs</name>
    <message>
        <source>Default output</source>
        <translation>Standardausgabe</translation>
    </message>
</context>
<context>
    <name>Panel</name>
    <message numerus="yes">
        <source>%n conversation(s)</source>
        <translation>
            <numerusform>%Ln Gespräch</numerusform>
            <numerusform>%Ln Gespräche</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n h</source>
        <comment>hours</comment>
        <translation>
            <numerusform>%n h</numerusform>
            <numerusform>%n h</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n recording(s)</source>
        <translation>
            <numerusform>%Ln Aufzeichnung</numerusform>
            <numerusform>%Ln Aufzeichnungen</numerusform>
        </translation>
    </message>
    <message>
        <source>Let go of everything that is loaded</source>
        <translation>Alles Geladene loslassen</translation>
    </message>
    <message>
        <source>Only recordings in the archive can be marked: download it first.</source>
        <translation>Nur Aufzeichnungen im Archiv können markiert werden: laden Sie sie zuerst herunter.</translation>
    </message>
    <message>
        <source>Replay</source>
        <translation>Wiedergabe</translation>
    </message>
    <message>
        <source>Save a copy…</source>
        <translation>Kopie sichern…</translation>
    </message>
    <message>
        <source>Save the selection, or all (Ctrl+S)</source>
        <translation>Die Auswahl oder alles sichern (Strg+S)</translation>
    </message>
    <message>
        <source>Unload all</source>
        <translation>Alles entladen</translation>
    </message>
    <message>
        <source>{loaded} of {most}</source>
        <translation>{loaded} von {most}</translation>
    </message>
    <message>
        <source>{name}, at {time}</source>
        <translation>{name}, um {time}</translation>
    </message>
    <message>
        <source>{name}, from {first} to {last}</source>
        <translation>{name}, von {first} bis {last}</translation>
    </message>
</context>
<context>
    <name>Paper</name>
    <message>
        <source>Help page</source>
        <translation>Hilfeseite</translation>
    </message>
</context>
<context>
    <name>ParticipantsModule</name>
    <message numerus="yes">
        <source>%n participation(s)</source>
        <translation>
            <numerusform>%Ln Teilnahme</numerusform>
            <numerusform>%Ln Teilnahmen</numerusform>
        </translation>
    </message>
    <message>
        <source>None</source>
        <translation>Keine</translation>
    </message>
    <message>
        <source>Person</source>
        <translation>Person</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>Tag</translation>
    </message>
    <message>
        <source>Participants</source>
        <translation>Teilnehmer</translation>
    </message>
    <message>
        <source>Show the conversation</source>
        <translation>Gespräch zeigen</translation>
    </message>
    <message>
        <source>Number withheld</source>
        <translation>Nummer unterdrückt</translation>
    </message>
</context>
<context>
    <name>PathRow</name>
    <message>
        <source>Choose…</source>
        <translation>Wählen…</translation>
    </message>
    <message>
        <source>Choose: {setting}</source>
        <translation>Wählen: {setting}</translation>
    </message>
</context>
<context>
    <name>Picture</name>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>%n weitere</numerusform>
            <numerusform>%n weitere</numerusform>
        </translation>
    </message>
    <message>
        <source>Recording was paused for {length}</source>
        <translation>Die Aufzeichnung war {length} lang angehalten</translation>
    </message>
    <message>
        <source>Times in {zone}. Made by MIR Download Client on {moment}.</source>
        <translation>Zeiten in {zone}. Erstellt mit MIR Download Client am {moment}.</translation>
    </message>
</context>
<context>
    <name>Picturing</name>
    <message>
        <source>PNG pictures (*.png)</source>
        <translation>PNG-Bilder (*.png)</translation>
    </message>
    <message>
        <source>Save a picture</source>
        <translation>Bild speichern</translation>
    </message>
</context>
<context>
    <name>PlayButton</name>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Pause (Space)</source>
        <translation>Pause (Leertaste)</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>Abspielen</translation>
    </message>
    <message>
        <source>Play (Space)</source>
        <translation>Abspielen (Leertaste)</translation>
    </message>
</context>
<context>
    <name>Pointer</name>
    <message>
        <source>Recording was paused for {length}</source>
        <translation>Die Aufzeichnung war {length} lang angehalten</translation>
    </message>
    <message>
        <source>Unload (Delete)</source>
        <translation>Entladen (Entf)</translation>
    </message>
</context>
<context>
    <name>Program</name>
    <message>
        <source>Conversations</source>
        <translation>Gespräche</translation>
    </message>
    <message>
        <source>Participants</source>
        <translation>Teilnehmer</translation>
    </message>
    <message>
        <source>Schedules</source>
        <translation>Zeitpläne</translation>
    </message>
    <message>
        <source>Downloads</source>
        <translation>Downloads</translation>
    </message>
    <message>
        <source>Library</source>
        <translation>Bibliothek</translation>
    </message>
</context>
<context>
    <name>Question</name>
    <message>
        <source>MIR Download Client</source>
        <translation>MIR Download Client</translation>
    </message>
    <message numerus="yes">
        <source>%n download(s) are still at work</source>
        <translation>
            <numerusform>%n Download ist noch aktiv</numerusform>
            <numerusform>%n Downloads sind noch aktiv</numerusform>
        </translation>
    </message>
    <message>
        <source>They can go on in the tray while the window is closed. Or they stop now: nothing is lost, and they go on where they stopped at the next start.</source>
        <translation>Sie können im Infobereich weiterlaufen, während das Fenster geschlossen ist. Oder sie halten jetzt an: nichts geht verloren, und beim nächsten Start geht es dort weiter, wo sie aufgehört haben.</translation>
    </message>
    <message>
        <source>Keep going in the tray</source>
        <translation>Im Infobereich fortsetzen</translation>
    </message>
    <message>
        <source>This desktop has no tray, so they can only go on while the window is open, perhaps minimised. Or they stop now: nothing is lost, and they go on where they stopped at the next start.</source>
        <translation>Dieser Desktop hat keinen Infobereich; sie können nur weiterlaufen, solange das Fenster offen ist, auch minimiert. Oder sie halten jetzt an: nichts geht verloren, und beim nächsten Start geht es dort weiter, wo sie aufgehört haben.</translation>
    </message>
    <message>
        <source>Keep going, minimised</source>
        <translation>Minimiert fortsetzen</translation>
    </message>
    <message>
        <source>Do the same next time, without asking</source>
        <translation>Künftig ebenso, ohne zu fragen</translation>
    </message>
    <message>
        <source>Stop now</source>
        <translation>Jetzt anhalten</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
</context>
<context>
    <name>RemoveQuestion</name>
    <message>
        <source>It is not started any more. Its archive, its reports and the record of its nights stay.</source>
        <translation>Er wird nicht mehr gestartet. Sein Archiv, seine Berichte und das Verzeichnis seiner Nächte bleiben.</translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Remove schedule</source>
        <translation>Zeitplan entfernen</translation>
    </message>
    <message>
        <source>Remove the schedule “{name}”?</source>
        <translation>Den Zeitplan „{name}“ entfernen?</translation>
    </message>
</context>
<context>
    <name>Replay</name>
    <message numerus="yes">
        <source>%n mark(s)</source>
        <translation>
            <numerusform>%n Markierung</numerusform>
            <numerusform>%n Markierungen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n recording(s)</source>
        <translation>
            <numerusform>%Ln Aufzeichnung</numerusform>
            <numerusform>%Ln Aufzeichnungen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n recording(s) cannot be played: {reason}</source>
        <translation>
            <numerusform>%n Aufzeichnung kann nicht abgespielt werden: {reason}</numerusform>
            <numerusform>%n Aufzeichnungen können nicht abgespielt werden: {reason}</numerusform>
        </translation>
    </message>
    <message>
        <source>Cannot be played here</source>
        <translation>Kann hier nicht abgespielt werden</translation>
    </message>
    <message>
        <source>Convert a copy…</source>
        <translation>Kopie umwandeln…</translation>
    </message>
    <message>
        <source>Fetching · {share}</source>
        <translation>Wird geholt · {share}</translation>
    </message>
    <message>
        <source>No voice recording was saved.</source>
        <translation>Es wurde keine Sprachaufzeichnung gespeichert.</translation>
    </message>
    <message>
        <source>Not there any more</source>
        <translation>Nicht mehr vorhanden</translation>
    </message>
    <message>
        <source>Number withheld</source>
        <translation>Nummer unterdrückt</translation>
    </message>
    <message>
        <source>Reading the waveform · {share}</source>
        <translation>Wellenform wird gelesen · {share}</translation>
    </message>
    <message>
        <source>Ready · {length}</source>
        <translation>Bereit · {length}</translation>
    </message>
    <message>
        <source>Ready · {length}, stereo</source>
        <translation>Bereit · {length}, stereo</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>Im Ordner zeigen</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>The file is damaged, or no WAV file.</source>
        <translation>Die Datei ist beschädigt oder keine WAV-Datei.</translation>
    </message>
    <message>
        <source>The file is not there any more.</source>
        <translation>Die Datei ist nicht mehr da.</translation>
    </message>
    <message>
        <source>There is nothing in it that can be heard here. The file is intact.</source>
        <translation>Darin ist nichts, was hier zu hören wäre. Die Datei ist unversehrt.</translation>
    </message>
    <message>
        <source>Unload</source>
        <translation>Entladen</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>Wartet</translation>
    </message>
    <message>
        <source>Waiting for a free replay</source>
        <translation>Wartet auf eine freie Wiedergabe</translation>
    </message>
    <message>
        <source>Waiting for the service</source>
        <translation>Wartet auf den Dienst</translation>
    </message>
    <message>
        <source>Waiting for the service until {time}</source>
        <translation>Wartet auf den Dienst bis {time}</translation>
    </message>
    <message>
        <source>{calling} – {called}</source>
        <translation>{calling} – {called}</translation>
    </message>
    <message>
        <source>{codec} has no player here, and the file is damaged.</source>
        <translation>Für {codec} gibt es hier keinen Spieler, und die Datei ist beschädigt.</translation>
    </message>
    <message>
        <source>{codec} has no player here. The file is intact.</source>
        <translation>Für {codec} gibt es hier keinen Spieler. Die Datei ist unversehrt.</translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation>{done} von {total}</translation>
    </message>
    <message>
        <source>{done} of {total} · about {span}</source>
        <translation>{done} von {total} · etwa {span}</translation>
    </message>
</context>
<context>
    <name>Replaying</name>
    <message>
        <source>Load All</source>
        <translation>Alles laden</translation>
    </message>
    <message>
        <source>Load Voice Recording</source>
        <translation>Sprachaufzeichnung laden</translation>
    </message>
</context>
<context>
    <name>Row</name>
    <message>
        <source>Fixed by your organisation</source>
        <translation>Von Ihrer Organisation festgelegt</translation>
    </message>
</context>
<context>
    <name>RunActions</name>
    <message>
        <source>Pause</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Retry what is missing</source>
        <translation>Fehlendes wiederholen</translation>
    </message>
    <message>
        <source>First in the queue</source>
        <translation>An den Anfang</translation>
    </message>
    <message>
        <source>Up in the queue</source>
        <translation>Nach oben</translation>
    </message>
    <message>
        <source>Down in the queue</source>
        <translation>Nach unten</translation>
    </message>
    <message>
        <source>Open the run&apos;s CSV</source>
        <translation>CSV des Abrufs öffnen</translation>
    </message>
    <message>
        <source>Copy details for support</source>
        <translation>Details für den Support kopieren</translation>
    </message>
    <message>
        <source>Remove from the list</source>
        <translation>Aus der Liste entfernen</translation>
    </message>
    <message>
        <source>Pause all</source>
        <translation>Alle anhalten</translation>
    </message>
    <message>
        <source>Resume all</source>
        <translation>Alle fortsetzen</translation>
    </message>
</context>
<context>
    <name>RunItems</name>
    <message numerus="yes">
        <source>Retry {count} failed</source>
        <translation>
            <numerusform>{count} fehlgeschlagene wiederholen</numerusform>
            <numerusform>{count} fehlgeschlagene wiederholen</numerusform>
        </translation>
    </message>
    <message>
        <source>the run cannot mend these by itself</source>
        <translation>diese kann der Abruf nicht selbst beheben</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Fehlgeschlagen</translation>
    </message>
    <message numerus="yes">
        <source>Take in {count}</source>
        <translation>
            <numerusform>{count} aufnehmen</numerusform>
            <numerusform>{count} aufnehmen</numerusform>
        </translation>
    </message>
    <message>
        <source>Left out</source>
        <translation>Ausgelassen</translation>
    </message>
    <message>
        <source>{size}, every one proved whole</source>
        <translation>{size}, jede als vollständig nachgewiesen</translation>
    </message>
    <message>
        <source>In archive</source>
        <translation>Im Archiv</translation>
    </message>
    <message>
        <source>Downloading</source>
        <translation>Wird geladen</translation>
    </message>
    <message>
        <source>Not ready yet</source>
        <translation>Nicht bereit</translation>
    </message>
    <message numerus="yes">
        <source>Retry {count}</source>
        <translation>
            <numerusform>{count} wiederholen</numerusform>
            <numerusform>{count} wiederholen</numerusform>
        </translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>Wartet</translation>
    </message>
    <message>
        <source>Queued</source>
        <translation>Eingereiht</translation>
    </message>
    <message>
        <source>d MMM</source>
        <comment>date in a list, without its year</comment>
        <translation>d. MMM</translation>
    </message>
    <message>
        <source>d MMM yyyy</source>
        <comment>date in a list, of another year</comment>
        <translation>d. MMM yyyy</translation>
    </message>
    <message>
        <source>Always-On</source>
        <translation>Always-On</translation>
    </message>
    <message>
        <source>On-Demand</source>
        <translation>On-Demand</translation>
    </message>
    <message numerus="yes">
        <source>one of %n recordings</source>
        <translation>
            <numerusform>eine von %n Aufzeichnungen</numerusform>
            <numerusform>eine von %n Aufzeichnungen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RunView</name>
    <message>
        <source>Recordings of the run</source>
        <translation>Aufzeichnungen des Abrufs</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Mehr</translation>
    </message>
    <message>
        <source>Choose none (Esc)</source>
        <translation>Auswahl aufheben (Esc)</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>Wiederholen</translation>
    </message>
    <message>
        <source>Sign in…</source>
        <translation>Anmelden…</translation>
    </message>
    <message>
        <source>Settings…</source>
        <translation>Einstellungen…</translation>
    </message>
    <message>
        <source>The recordings of this run cannot be shown now</source>
        <translation>Die Aufzeichnungen dieses Abrufs lassen sich gerade nicht zeigen</translation>
    </message>
    <message>
        <source>today {time}</source>
        <translation>heute {time}</translation>
    </message>
    <message>
        <source>{day} {time}</source>
        <translation>{day} {time}</translation>
    </message>
    <message>
        <source>Queued {when}</source>
        <translation>Eingereiht {when}</translation>
    </message>
    <message>
        <source>Started {when} by {user}</source>
        <translation>Begonnen {when} von {user}</translation>
    </message>
    <message>
        <source>Started {when}</source>
        <translation>Begonnen {when}</translation>
    </message>
    <message numerus="yes">
        <source>{count} chosen</source>
        <translation>
            <numerusform>{count} ausgewählt</numerusform>
            <numerusform>{count} ausgewählt</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RunWords</name>
    <message>
        <source>Queued</source>
        <translation>Eingereiht</translation>
    </message>
    <message>
        <source>Queued behind {name}</source>
        <translation>Eingereiht hinter {name}</translation>
    </message>
    <message>
        <source>Waiting: another program downloads into this archive</source>
        <translation>Wartet: ein anderes Programm lädt in dieses Archiv</translation>
    </message>
    <message>
        <source>Waiting: sign in again</source>
        <translation>Wartet: neu anmelden</translation>
    </message>
    <message>
        <source>The sign-in has ended</source>
        <translation>Die Anmeldung ist abgelaufen</translation>
    </message>
    <message>
        <source>After you have signed in, everything goes on where it stopped.</source>
        <translation>Nach der Anmeldung geht alles dort weiter, wo es aufgehört hat.</translation>
    </message>
    <message>
        <source>Waiting: the archive&apos;s drive holds up another run</source>
        <translation>Wartet: das Laufwerk des Archivs hält einen anderen Abruf auf</translation>
    </message>
    <message numerus="yes">
        <source>Listing, {count} found so far</source>
        <translation>
            <numerusform>Wird aufgelistet, bisher {count} gefunden</numerusform>
            <numerusform>Wird aufgelistet, bisher {count} gefunden</numerusform>
        </translation>
    </message>
    <message>
        <source>Downloading</source>
        <translation>Wird geladen</translation>
    </message>
    <message>
        <source>Downloading  ·  {rate}</source>
        <translation>Wird geladen  ·  {rate}</translation>
    </message>
    <message>
        <source>Waiting: the service cannot be reached</source>
        <translation>Wartet: der Dienst ist nicht erreichbar</translation>
    </message>
    <message>
        <source>Waiting: the service limits the rate</source>
        <translation>Wartet: der Dienst begrenzt die Rate</translation>
    </message>
    <message>
        <source>Waiting: the service is not available</source>
        <translation>Wartet: der Dienst ist nicht verfügbar</translation>
    </message>
    <message>
        <source>Waiting: the service does not answer</source>
        <translation>Wartet: der Dienst antwortet nicht</translation>
    </message>
    <message>
        <source>Waiting for the service</source>
        <translation>Wartet auf den Dienst</translation>
    </message>
    <message>
        <source>Paused by you</source>
        <translation>Von Ihnen angehalten</translation>
    </message>
    <message>
        <source>Paused: sign in again</source>
        <translation>Angehalten: neu anmelden</translation>
    </message>
    <message>
        <source>The sign-in has ended. After you have signed in, the run goes on where it stopped.</source>
        <translation>Die Anmeldung ist abgelaufen. Nach der Anmeldung geht der Abruf dort weiter, wo er aufgehört hat.</translation>
    </message>
    <message>
        <source>Paused: the keyring cannot be used</source>
        <translation>Angehalten: der Schlüsselbund ist nicht nutzbar</translation>
    </message>
    <message>
        <source>Unlock the system&apos;s keyring, then sign in.</source>
        <translation>Den Schlüsselbund des Systems entsperren, dann anmelden.</translation>
    </message>
    <message>
        <source>Sign in for this session only.</source>
        <translation>Nur für diese Sitzung anmelden.</translation>
    </message>
    <message>
        <source>Paused: your access level is None</source>
        <translation>Angehalten: Ihre Zugriffsstufe ist None</translation>
    </message>
    <message>
        <source>Ask a Decision Maker or Phone Manager for access, then resume.</source>
        <translation>Einen Decision Maker oder Phone Manager um Zugriff bitten, dann fortsetzen.</translation>
    </message>
    <message>
        <source>Paused: you may list recordings but not download them</source>
        <translation>Angehalten: Sie dürfen Aufzeichnungen auflisten, aber nicht herunterladen</translation>
    </message>
    <message>
        <source>Ask a Decision Maker or Phone Manager for the right to download, then resume.</source>
        <translation>Einen Decision Maker oder Phone Manager um das Recht zum Herunterladen bitten, dann fortsetzen.</translation>
    </message>
    <message>
        <source>Paused: the archive drive is full</source>
        <translation>Angehalten: das Laufwerk des Archivs ist voll</translation>
    </message>
    <message>
        <source>Free some space on the drive, then resume. Nothing is fetched twice.</source>
        <translation>Platz auf dem Laufwerk schaffen, dann fortsetzen. Nichts wird doppelt geladen.</translation>
    </message>
    <message>
        <source>Paused: the archive is not there</source>
        <translation>Angehalten: das Archiv ist nicht da</translation>
    </message>
    <message>
        <source>Connect the drive that holds it, then resume. Nothing is written elsewhere.</source>
        <translation>Sein Laufwerk verbinden, dann fortsetzen. Nichts wird anderswohin geschrieben.</translation>
    </message>
    <message>
        <source>Paused: another program downloads into this archive</source>
        <translation>Angehalten: ein anderes Programm lädt in dieses Archiv</translation>
    </message>
    <message>
        <source>Wait until it has finished or stop it, then resume.</source>
        <translation>Warten, bis es fertig ist, oder es anhalten; dann fortsetzen.</translation>
    </message>
    <message>
        <source>Paused: this archive belongs to another account</source>
        <translation>Angehalten: dieses Archiv gehört zu einem anderen Konto</translation>
    </message>
    <message>
        <source>Choose another archive folder for this account.</source>
        <translation>Für dieses Konto einen anderen Archivordner wählen.</translation>
    </message>
    <message>
        <source>Paused: the folder is a risky place for an archive</source>
        <translation>Angehalten: der Ordner ist ein riskanter Ort für ein Archiv</translation>
    </message>
    <message>
        <source>Choose a local folder that no program synchronises or cleans.</source>
        <translation>Einen lokalen Ordner wählen, den kein Programm abgleicht oder aufräumt.</translation>
    </message>
    <message>
        <source>Paused: the drive reported an error</source>
        <translation>Angehalten: das Laufwerk hat einen Fehler gemeldet</translation>
    </message>
    <message>
        <source>Check the drive&apos;s health before you resume.</source>
        <translation>Vor dem Fortsetzen den Zustand des Laufwerks prüfen.</translation>
    </message>
    <message>
        <source>Paused: the archive cannot be written</source>
        <translation>Angehalten: das Archiv ist nicht beschreibbar</translation>
    </message>
    <message>
        <source>Check the drive and its permissions, then resume.</source>
        <translation>Laufwerk und Berechtigungen prüfen, dann fortsetzen.</translation>
    </message>
    <message>
        <source>Paused: a link in the archive leads out of it</source>
        <translation>Angehalten: eine Verknüpfung im Archiv führt hinaus</translation>
    </message>
    <message>
        <source>Remove the link that was planted in the archive folder, then resume.</source>
        <translation>Die untergeschobene Verknüpfung im Archivordner entfernen, dann fortsetzen.</translation>
    </message>
    <message>
        <source>Paused: the service&apos;s certificate is not trusted</source>
        <translation>Angehalten: dem Zertifikat des Dienstes wird nicht vertraut</translation>
    </message>
    <message>
        <source>Check the computer&apos;s clock, or name the signing authority in the settings.</source>
        <translation>Die Uhr des Computers prüfen oder die Zertifizierungsstelle in den Einstellungen nennen.</translation>
    </message>
    <message>
        <source>Paused: the proxy refused the connection</source>
        <translation>Angehalten: der Proxy hat die Verbindung abgelehnt</translation>
    </message>
    <message>
        <source>Ask IT for the proxy&apos;s address and sign-in.</source>
        <translation>Die IT nach Adresse und Anmeldung des Proxys fragen.</translation>
    </message>
    <message>
        <source>Paused: the address is not secure</source>
        <translation>Angehalten: die Adresse ist nicht sicher</translation>
    </message>
    <message>
        <source>The service needs an https:// address.</source>
        <translation>Der Dienst braucht eine Adresse mit https://.</translation>
    </message>
    <message>
        <source>Paused: the service&apos;s listing is not consistent</source>
        <translation>Angehalten: die Liste des Dienstes ist nicht stimmig</translation>
    </message>
    <message>
        <source>Resume: it is listed again. If it stays so, tell the service&apos;s operator.</source>
        <translation>Fortsetzen: es wird neu aufgelistet. Bleibt es so, den Betreiber des Dienstes informieren.</translation>
    </message>
    <message>
        <source>Paused: a newer version of this program was here</source>
        <translation>Angehalten: eine neuere Version dieses Programms war hier</translation>
    </message>
    <message>
        <source>Update this program, then resume.</source>
        <translation>Dieses Programm aktualisieren, dann fortsetzen.</translation>
    </message>
    <message>
        <source>Paused: the service cannot be reached</source>
        <translation>Angehalten: der Dienst ist nicht erreichbar</translation>
    </message>
    <message>
        <source>Check the network, then resume; the run goes on where it stopped.</source>
        <translation>Das Netz prüfen, dann fortsetzen; der Abruf geht dort weiter, wo er aufgehört hat.</translation>
    </message>
    <message>
        <source>Paused: something has to be put right first</source>
        <translation>Angehalten: zuerst ist etwas zu beheben</translation>
    </message>
    <message>
        <source>Copy the details for support, then resume.</source>
        <translation>Die Details für den Support kopieren, dann fortsetzen.</translation>
    </message>
    <message>
        <source>Complete</source>
        <translation>Vollständig</translation>
    </message>
    <message numerus="yes">
        <source>Complete, %n no longer to be had</source>
        <translation>
            <numerusform>Vollständig, %Ln nicht mehr zu haben</numerusform>
            <numerusform>Vollständig, %Ln nicht mehr zu haben</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Finished, %n exception(s)</source>
        <translation>
            <numerusform>Beendet, %Ln Ausnahme</numerusform>
            <numerusform>Beendet, %Ln Ausnahmen</numerusform>
        </translation>
    </message>
    <message>
        <source>Finished, something is still missing</source>
        <translation>Beendet, etwas fehlt noch</translation>
    </message>
    <message>
        <source>Finished, the listing is not complete</source>
        <translation>Beendet, die Liste ist nicht vollständig</translation>
    </message>
    <message numerus="yes">
        <source>Cancelled by you, {count} kept</source>
        <translation>
            <numerusform>Von Ihnen abgebrochen, {count} behalten</numerusform>
            <numerusform>Von Ihnen abgebrochen, {count} behalten</numerusform>
        </translation>
    </message>
    <message>
        <source>Stopped before its end</source>
        <translation>Vor dem Ende abgebrochen</translation>
    </message>
    <message>
        <source>Nothing is lost: a retry goes on where it stopped.</source>
        <translation>Nichts ist verloren: „Wiederholen“ geht dort weiter, wo er aufgehört hat.</translation>
    </message>
    <message>
        <source>Paused: the ledger cannot be used</source>
        <translation>Angehalten: das Register ist nicht nutzbar</translation>
    </message>
    <message>
        <source>Rebuild it from the archive in the Library, then resume.</source>
        <translation>In der Bibliothek aus dem Archiv neu aufbauen, dann fortsetzen.</translation>
    </message>
</context>
<context>
    <name>Runs</name>
    <message numerus="yes">
        <source>Selection of %n</source>
        <translation>
            <numerusform>Auswahl von %Ln</numerusform>
            <numerusform>Auswahl von %Ln</numerusform>
        </translation>
    </message>
    <message>
        <source>Selection</source>
        <translation>Auswahl</translation>
    </message>
    <message>
        <source>What is new</source>
        <translation>Neues</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>Wiederholung</translation>
    </message>
    <message>
        <source>Search without a name</source>
        <translation>Suche ohne Namen</translation>
    </message>
    <message>
        <source>in the archive</source>
        <translation>im Archiv</translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation>{done} von {total}</translation>
    </message>
    <message>
        <source>continues at {time}</source>
        <translation>weiter um {time}</translation>
    </message>
    <message numerus="yes">
        <source>{count} failed</source>
        <translation>
            <numerusform>{count} fehlgeschlagen</numerusform>
            <numerusform>{count} fehlgeschlagen</numerusform>
        </translation>
    </message>
    <message>
        <source>of {total}</source>
        <translation>von {total}</translation>
    </message>
    <message numerus="yes">
        <source>%n at once</source>
        <translation>
            <numerusform>%n gleichzeitig</numerusform>
            <numerusform>%n gleichzeitig</numerusform>
        </translation>
    </message>
    <message>
        <source>until about {time}</source>
        <translation>bis etwa {time}</translation>
    </message>
    <message>
        <source>under 1 min</source>
        <translation>unter 1&#xa0;min</translation>
    </message>
    <message>
        <source>from beginning to end</source>
        <translation>von Anfang bis Ende</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>fehlgeschlagen</translation>
    </message>
</context>
<context>
    <name>RunsList</name>
    <message>
        <source>Runs</source>
        <translation>Abrufe</translation>
    </message>
</context>
<context>
    <name>SavedSearches</name>
    <message>
        <source>More</source>
        <translation>Mehr</translation>
    </message>
    <message>
        <source>Saved searches</source>
        <translation>Gespeicherte Suchen</translation>
    </message>
    <message>
        <source>All saved searches</source>
        <translation>Alle gespeicherten Suchen</translation>
    </message>
    <message>
        <source>The service cannot be reached: these are the saved searches as last seen</source>
        <translation>Der Dienst ist nicht erreichbar: so sahen die gespeicherten Suchen zuletzt aus</translation>
    </message>
    <message>
        <source>Ask again</source>
        <translation>Neu abfragen</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
</context>
<context>
    <name>Saving</name>
    <message>
        <source>Export CSV</source>
        <translation>CSV exportieren</translation>
    </message>
    <message>
        <source>Tables (*.csv)</source>
        <translation>Tabellen (*.csv)</translation>
    </message>
    <message>
        <source>Library {day}</source>
        <translation>Bibliothek {day}</translation>
    </message>
    <message>
        <source>Open another archive</source>
        <translation>Anderes Archiv öffnen</translation>
    </message>
</context>
<context>
    <name>ScheduleEditor</name>
    <message>
        <source>A name is needed.</source>
        <translation>Ein Name ist nötig.</translation>
    </message>
    <message>
        <source>A schedule of that name is there already.</source>
        <translation>Einen Zeitplan dieses Namens gibt es schon.</translation>
    </message>
    <message>
        <source>A search of its own</source>
        <translation>Eine eigene Suche</translation>
    </message>
    <message>
        <source>Archive folder</source>
        <translation>Archivordner</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Caught up by one pull as soon as the computer is on</source>
        <translation>Nachgeholt mit einem Abruf, sobald der Computer eingeschaltet ist</translation>
    </message>
    <message>
        <source>Choose: {setting}</source>
        <translation>Wählen: {setting}</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Wählen…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Copies of reports</source>
        <translation>Kopien der Berichte</translation>
    </message>
    <message>
        <source>Days</source>
        <translation>Tage</translation>
    </message>
    <message>
        <source>End</source>
        <translation>Ende</translation>
    </message>
    <message>
        <source>End of its window</source>
        <translation>Ende des Zeitfensters</translation>
    </message>
    <message>
        <source>Ends at the latest at</source>
        <translation>Endet spätestens um</translation>
    </message>
    <message>
        <source>Everything that became available or changed</source>
        <translation>Alles, was verfügbar wurde oder sich geändert hat</translation>
    </message>
    <message>
        <source>It is not registered with {scheduler}: your organisation starts it by other means.</source>
        <translation>Er ist nicht bei {scheduler} registriert: Ihre Organisation startet ihn auf anderem Weg.</translation>
    </message>
    <message>
        <source>Missed nights</source>
        <translation>Verpasste Nächte</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>New schedule</source>
        <translation>Neuer Zeitplan</translation>
    </message>
    <message>
        <source>Only before its end; the next night covers them</source>
        <translation>Nur vor dem Ende; die nächste Nacht deckt sie ab</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Schedule</source>
        <translation>Zeitplan</translation>
    </message>
    <message>
        <source>Search “{name}”</source>
        <translation>Suche „{name}“</translation>
    </message>
    <message>
        <source>Something is missing yet.</source>
        <translation>Es fehlt noch etwas.</translation>
    </message>
    <message>
        <source>The nights belong to the name: it stays</source>
        <translation>Die Nächte gehören zum Namen: Er bleibt</translation>
    </message>
    <message>
        <source>The search as it stands in Conversations, of any time</source>
        <translation>Die Suche, wie sie unter Gespräche steht, jeder Zeit</translation>
    </message>
    <message>
        <source>This folder is a risky place for an archive</source>
        <translation>Dieser Ordner ist ein riskanter Ort für ein Archiv</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Time of day</source>
        <translation>Uhrzeit</translation>
    </message>
    <message>
        <source>Time zone</source>
        <translation>Zeitzone</translation>
    </message>
    <message>
        <source>Use this folder all the same</source>
        <translation>Diesen Ordner trotzdem verwenden</translation>
    </message>
    <message>
        <source>Wanted is the whole path of a folder.</source>
        <translation>Erwartet wird der vollständige Pfad eines Ordners.</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Was</translation>
    </message>
    <message>
        <source>What is pulled</source>
        <translation>Was geholt wird</translation>
    </message>
    <message>
        <source>When is what pulled, and who is told?</source>
        <translation>Wann wird was geholt, und wer wird benachrichtigt?</translation>
    </message>
    <message>
        <source>Who is told</source>
        <translation>Wer benachrichtigt wird</translation>
    </message>
    <message>
        <source>Without an end there is nothing to keep to: choose one, or catch up.</source>
        <translation>Ohne Ende gibt es nichts einzuhalten: Wählen Sie eines, oder lassen Sie nachholen.</translation>
    </message>
    <message>
        <source>no folder besides</source>
        <translation>kein weiterer Ordner</translation>
    </message>
    <message>
        <source>none as long as it is paused</source>
        <translation>keiner, solange er angehalten ist</translation>
    </message>
    <message>
        <source>such as Nightly</source>
        <translation>etwa Jede Nacht</translation>
    </message>
    <message>
        <source>{scheduler} starts it while this account is signed in to the computer.</source>
        <translation>{scheduler} startet ihn, solange dieses Konto am Computer angemeldet ist.</translation>
    </message>
    <message>
        <source>{when} ({zone}): {what}, into {folder}. Next: {next}.</source>
        <translation>{when} ({zone}): {what}, nach {folder}. Nächster Lauf: {next}.</translation>
    </message>
</context>
<context>
    <name>ScheduleWords</name>
    <message numerus="yes">
        <source>%n conversation(s) not in the archive</source>
        <comment>deleted before long</comment>
        <translation>
            <numerusform>%n Gespräch nicht im Archiv</numerusform>
            <numerusform>%n Gespräche nicht im Archiv</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n day(s)</source>
        <comment>covered by one pull</comment>
        <translation>
            <numerusform>%n Tag</numerusform>
            <numerusform>%n Tage</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n day(s) by one pull</source>
        <translation>
            <numerusform>%n Tag mit einem Abruf</numerusform>
            <numerusform>%n Tage mit einem Abruf</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n exception(s)</source>
        <translation>
            <numerusform>%n Ausnahme</numerusform>
            <numerusform>%n Ausnahmen</numerusform>
        </translation>
    </message>
    <message>
        <source>A search of its own</source>
        <translation>Eine eigene Suche</translation>
    </message>
    <message numerus="yes">
        <source>Bytes of the last %n night(s)</source>
        <translation>
            <numerusform>Bytes der letzten %n Nacht</numerusform>
            <numerusform>Bytes der letzten %n Nächte</numerusform>
        </translation>
    </message>
    <message>
        <source>Caught up</source>
        <translation>Nachgeholt</translation>
    </message>
    <message>
        <source>Complete</source>
        <translation>Vollständig</translation>
    </message>
    <message>
        <source>Covered</source>
        <translation>Abgedeckt</translation>
    </message>
    <message>
        <source>Every day at {time}</source>
        <translation>Jeden Tag um {time}</translation>
    </message>
    <message>
        <source>Everything that became available</source>
        <translation>Alles, was verfügbar wurde</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Fehlgeschlagen</translation>
    </message>
    <message>
        <source>Has not run yet</source>
        <translation>Noch nicht gelaufen</translation>
    </message>
    <message>
        <source>Missing</source>
        <translation>Fehlt</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Nächste</translation>
    </message>
    <message>
        <source>Nobody is told; reports are written</source>
        <translation>Niemand wird benachrichtigt; Berichte werden geschrieben</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>Jetzt</translation>
    </message>
    <message>
        <source>Partial</source>
        <translation>Teilweise</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Angehalten</translation>
    </message>
    <message numerus="yes">
        <source>Retry %n</source>
        <comment>recordings</comment>
        <translation>
            <numerusform>%n wiederholen</numerusform>
            <numerusform>%n wiederholen</numerusform>
        </translation>
    </message>
    <message>
        <source>Running now</source>
        <translation>Läuft gerade</translation>
    </message>
    <message>
        <source>Search “{name}”</source>
        <translation>Suche „{name}“</translation>
    </message>
    <message numerus="yes">
        <source>The service deletes them within %n day(s). They are first in the next pull.</source>
        <translation>
            <numerusform>Der Dienst löscht sie binnen %n Tag. Beim nächsten Abruf kommen sie zuerst.</numerusform>
            <numerusform>Der Dienst löscht sie binnen %n Tagen. Beim nächsten Abruf kommen sie zuerst.</numerusform>
        </translation>
    </message>
    <message>
        <source>Today {time}</source>
        <translation>Heute {time}</translation>
    </message>
    <message>
        <source>Told of every night by {ways}</source>
        <translation>Benachrichtigt über jede Nacht durch {ways}</translation>
    </message>
    <message>
        <source>Told of partial, failed and missing nights by {ways}</source>
        <translation>Benachrichtigt über teilweise, fehlgeschlagene und ausgefallene Nächte durch {ways}</translation>
    </message>
    <message>
        <source>Tomorrow {time}</source>
        <translation>Morgen {time}</translation>
    </message>
    <message>
        <source>Tonight {time}</source>
        <translation>Heute Nacht {time}</translation>
    </message>
    <message>
        <source>a later pull brought what came</source>
        <translation>ein späterer Abruf brachte, was kam</translation>
    </message>
    <message>
        <source>archive gone</source>
        <translation>Archiv fehlt</translation>
    </message>
    <message>
        <source>archive in use</source>
        <translation>Archiv belegt</translation>
    </message>
    <message>
        <source>at {time}</source>
        <translation>um {time}</translation>
    </message>
    <message>
        <source>by {day}</source>
        <translation>durch {day}</translation>
    </message>
    <message>
        <source>did not run</source>
        <translation>lief nicht</translation>
    </message>
    <message>
        <source>drive full</source>
        <translation>Laufwerk voll</translation>
    </message>
    <message>
        <source>due now</source>
        <translation>jetzt fällig</translation>
    </message>
    <message>
        <source>due since its time has passed</source>
        <translation>fällig, seine Zeit ist vorbei</translation>
    </message>
    <message>
        <source>e-mail</source>
        <translation>E-Mail</translation>
    </message>
    <message>
        <source>every way that is set up</source>
        <translation>jeden eingerichteten Weg</translation>
    </message>
    <message numerus="yes">
        <source>in %n night(s)</source>
        <translation>
            <numerusform>in %n Nacht</numerusform>
            <numerusform>in %n Nächten</numerusform>
        </translation>
    </message>
    <message>
        <source>keyring locked</source>
        <translation>Schlüsselbund zu</translation>
    </message>
    <message>
        <source>next run, in {span}</source>
        <translation>nächster Lauf, in {span}</translation>
    </message>
    <message>
        <source>no access</source>
        <translation>kein Zugriff</translation>
    </message>
    <message>
        <source>no connection</source>
        <translation>keine Verbindung</translation>
    </message>
    <message>
        <source>not complete</source>
        <translation>nicht vollständig</translation>
    </message>
    <message>
        <source>not signed in</source>
        <translation>nicht angemeldet</translation>
    </message>
    <message>
        <source>notification</source>
        <translation>Hinweis</translation>
    </message>
    <message>
        <source>service down</source>
        <translation>Dienst steht</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>angehalten</translation>
    </message>
    <message>
        <source>the schedule did not run</source>
        <translation>der Zeitplan lief nicht</translation>
    </message>
    <message>
        <source>the system&apos;s log</source>
        <translation>das Protokoll des Systems</translation>
    </message>
    <message>
        <source>webhook</source>
        <translation>Webhook</translation>
    </message>
    <message numerus="yes">
        <source>{count} recording(s)</source>
        <translation>
            <numerusform>{count} Aufzeichnung</numerusform>
            <numerusform>{count} Aufzeichnungen</numerusform>
        </translation>
    </message>
    <message>
        <source>{count} · {size}</source>
        <translation>{count} · {size}</translation>
    </message>
    <message>
        <source>{days} at {time}</source>
        <translation>{days} um {time}</translation>
    </message>
    <message>
        <source>{day} {time}</source>
        <translation>{day} {time}</translation>
    </message>
    <message>
        <source>{outcome} on {day}</source>
        <translation>{outcome} am {day}</translation>
    </message>
    <message>
        <source>{outcome} on {day}: {more}</source>
        <translation>{outcome} am {day}: {more}</translation>
    </message>
    <message>
        <source>{outcome}: {more}</source>
        <translation>{outcome}: {more}</translation>
    </message>
    <message>
        <source>{when}, until {end}</source>
        <translation>{when}, bis {end}</translation>
    </message>
</context>
<context>
    <name>SchedulesModule</name>
    <message>
        <source>A schedule pulls a search every night and tells you when something is missing.</source>
        <translation>Ein Zeitplan ruft jede Nacht eine Suche ab und meldet sich, wenn etwas fehlt.</translation>
    </message>
    <message>
        <source>Edit…</source>
        <translation>Bearbeiten…</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>Wieder nachsehen</translation>
    </message>
    <message>
        <source>New schedule…</source>
        <translation>Neuer Zeitplan…</translation>
    </message>
    <message>
        <source>No schedules yet</source>
        <translation>Noch keine Zeitpläne</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>Entfernen…</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Run now</source>
        <translation>Jetzt ausführen</translation>
    </message>
    <message>
        <source>Schedules</source>
        <translation>Zeitpläne</translation>
    </message>
    <message>
        <source>The month after (Page Down)</source>
        <translation>Nächster Monat (Bild ab)</translation>
    </message>
    <message>
        <source>The month before (Page Up)</source>
        <translation>Voriger Monat (Bild auf)</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>{month} {year}</source>
        <translation>{month} {year}</translation>
    </message>
</context>
<context>
    <name>Search</name>
    <message>
        <source>* can only stand at the beginning or the end.</source>
        <translation>* kann nur am Anfang oder am Ende stehen.</translation>
    </message>
    <message>
        <source>At most 200 signs.</source>
        <translation>Höchstens 200&#xa0;Zeichen.</translation>
    </message>
    <message>
        <source>An ID has letters, digits and the signs . _ ~ - only.</source>
        <translation>Eine ID besteht nur aus Buchstaben, Ziffern und . _ ~ - als Zeichen.</translation>
    </message>
    <message>
        <source>Last 24 hours</source>
        <translation>Letzte 24&#xa0;Stunden</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Heute</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>Gestern</translation>
    </message>
    <message>
        <source>Last 7 days</source>
        <translation>Letzte 7&#xa0;Tage</translation>
    </message>
    <message>
        <source>This month</source>
        <translation>Dieser Monat</translation>
    </message>
    <message>
        <source>Last month</source>
        <translation>Letzter Monat</translation>
    </message>
    <message>
        <source>From – to…</source>
        <translation>Von – bis…</translation>
    </message>
    <message>
        <source>My own</source>
        <translation>Eigene</translation>
    </message>
    <message numerus="yes">
        <source>My groups (%n)</source>
        <translation>
            <numerusform>Meine Gruppen (%n)</numerusform>
            <numerusform>Meine Gruppen (%n)</numerusform>
        </translation>
    </message>
    <message>
        <source>Everyone</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>Mine and my groups</source>
        <translation>Eigene und Gruppen</translation>
    </message>
    <message>
        <source>Inbound</source>
        <translation>Eingehend</translation>
    </message>
    <message>
        <source>Outbound</source>
        <translation>Ausgehend</translation>
    </message>
    <message>
        <source>Always-On</source>
        <translation>Always-On</translation>
    </message>
    <message>
        <source>On-Demand</source>
        <translation>On-Demand</translation>
    </message>
    <message>
        <source>Group {name}</source>
        <translation>Gruppe {name}</translation>
    </message>
    <message>
        <source>Owner {name}</source>
        <translation>Besitzer {name}</translation>
    </message>
    <message>
        <source>With voice recording</source>
        <translation>Mit Sprachaufzeichnung</translation>
    </message>
    <message>
        <source>Without voice recording</source>
        <translation>Ohne Sprachaufzeichnung</translation>
    </message>
    <message>
        <source>ID {text}</source>
        <translation>ID {text}</translation>
    </message>
    <message>
        <source>Calling number {text}</source>
        <translation>Nummer des Anrufers {text}</translation>
    </message>
    <message>
        <source>Calling name {text}</source>
        <translation>Name des Anrufers {text}</translation>
    </message>
    <message>
        <source>Calling extension {text}</source>
        <translation>Nebenstelle des Anrufers {text}</translation>
    </message>
    <message>
        <source>Called number {text}</source>
        <translation>Nummer des Angerufenen {text}</translation>
    </message>
    <message>
        <source>Called name {text}</source>
        <translation>Name des Angerufenen {text}</translation>
    </message>
    <message>
        <source>Called extension {text}</source>
        <translation>Nebenstelle des Angerufenen {text}</translation>
    </message>
    <message>
        <source>Available since {time}</source>
        <translation>Verfügbar seit {time}</translation>
    </message>
    <message>
        <source>The day until {time}</source>
        <translation>Der Tag bis {time}</translation>
    </message>
    <message>
        <source>Since {time}</source>
        <translation>Seit {time}</translation>
    </message>
    <message>
        <source>{length} or longer</source>
        <translation>{length} oder länger</translation>
    </message>
    <message>
        <source>At most {length}</source>
        <translation>Höchstens {length}</translation>
    </message>
</context>
<context>
    <name>SearchPanel</name>
    <message>
        <source>Give the search a name to save it.</source>
        <translation>Zum Speichern braucht die Suche einen Namen.</translation>
    </message>
    <message>
        <source>Replaced.</source>
        <translation>Ersetzt.</translation>
    </message>
    <message>
        <source>Saved.</source>
        <translation>Gespeichert.</translation>
    </message>
    <message>
        <source>Fold the search</source>
        <translation>Suche einklappen</translation>
    </message>
    <message>
        <source>Name of the search</source>
        <translation>Name der Suche</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Suche</translation>
    </message>
    <message>
        <source>Search</source>
        <comment>verb: the button</comment>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Search (Enter)</source>
        <translation>Suchen (Eingabe)</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>Zurücksetzen</translation>
    </message>
    <message>
        <source>Empty every field: the last 24 hours</source>
        <translation>Alle Felder leeren: die letzten 24&#xa0;Stunden</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>Ersetzen</translation>
    </message>
    <message>
        <source>The service cannot be reached: nothing can be saved now</source>
        <translation>Der Dienst ist nicht erreichbar: gerade lässt sich nichts speichern</translation>
    </message>
    <message>
        <source>Replace the saved search of this name</source>
        <translation>Die gespeicherte Suche dieses Namens ersetzen</translation>
    </message>
    <message>
        <source>Save the search under its name, here and in the portal</source>
        <translation>Die Suche unter ihrem Namen speichern, hier und im Portal</translation>
    </message>
    <message>
        <source>Close the search (Esc)</source>
        <translation>Suche schließen (Esc)</translation>
    </message>
</context>
<context>
    <name>SecretRow</name>
    <message>
        <source>Forget</source>
        <translation>Vergessen</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>Name the server first; a password is kept for that server only</source>
        <translation>Nennen Sie zuerst den Server; ein Kennwort wird nur für diesen Server behalten</translation>
    </message>
    <message>
        <source>None is kept for this server</source>
        <translation>Für diesen Server wird keines behalten</translation>
    </message>
    <message>
        <source>One is kept in the keyring of this computer</source>
        <translation>Eines liegt im Schlüsselbund dieses Computers</translation>
    </message>
    <message>
        <source>Put it into the keyring of this computer</source>
        <translation>In den Schlüsselbund dieses Computers legen</translation>
    </message>
    <message>
        <source>Take it out of the keyring</source>
        <translation>Aus dem Schlüsselbund nehmen</translation>
    </message>
</context>
<context>
    <name>Sections</name>
    <message>
        <source>Archive</source>
        <translation>Archiv</translation>
    </message>
    <message>
        <source>Names and folders</source>
        <translation>Namen und Ordner</translation>
    </message>
    <message>
        <source>For what is downloaded from now on; nothing is renamed.</source>
        <translation>Für alles, was ab jetzt geladen wird; nichts wird umbenannt.</translation>
    </message>
    <message>
        <source>CSV and time zone</source>
        <translation>CSV und Zeitzone</translation>
    </message>
    <message>
        <source>Downloads</source>
        <translation>Downloads</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Netz</translation>
    </message>
    <message>
        <source>In force from the next sign-in or start of the program.</source>
        <translation>Gilt ab der nächsten Anmeldung oder dem nächsten Start.</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>Darstellung</translation>
    </message>
    <message>
        <source>Notifications</source>
        <translation>Benachrichtigungen</translation>
    </message>
    <message>
        <source>Check this computer</source>
        <translation>Diesen Computer prüfen</translation>
    </message>
    <message>
        <source>Separator</source>
        <translation>Trennzeichen</translation>
    </message>
    <message>
        <source>What stands between the cells of a CSV file</source>
        <translation>Steht zwischen den Zellen einer CSV-Datei</translation>
    </message>
    <message>
        <source>Comma  ,</source>
        <translation>Komma  ,</translation>
    </message>
    <message>
        <source>Semicolon  ;</source>
        <translation>Semikolon  ;</translation>
    </message>
    <message>
        <source>Spreadsheet-safe variant</source>
        <translation>Variante sicher für Tabellenkalkulationen</translation>
    </message>
    <message>
        <source>Beside each exact CSV one in which no cell can act as a formula</source>
        <translation>Neben jeder genauen CSV eine, in der keine Zelle als Formel wirken kann</translation>
    </message>
    <message>
        <source>Downloads at once</source>
        <translation>Gleichzeitige Downloads</translation>
    </message>
    <message>
        <source>New runs begin with so many and adapt to the service; running ones take no more</source>
        <translation>So viele am Anfang, dann so viele, wie der Dienst verträgt; laufende Abrufe nehmen nicht mehr</translation>
    </message>
    <message>
        <source>Bandwidth</source>
        <translation>Bandbreite</translation>
    </message>
    <message>
        <source>E-mail about nights</source>
        <translation>E-Mail über Nächte</translation>
    </message>
    <message>
        <source>Each schedule says of which nights somebody is told; these are the ways.</source>
        <translation>Von welchen Nächten jemand erfährt, sagt jeder Zeitplan; dies sind die Wege.</translation>
    </message>
    <message>
        <source>Keep to listen again</source>
        <translation>Zum Wiederanhören behalten</translation>
    </message>
    <message>
        <source>Nights of schedules</source>
        <translation>Nächte der Zeitpläne</translation>
    </message>
    <message>
        <source>Recordings fetched only to be heard are kept up to this size</source>
        <translation>Aufzeichnungen, die nur zum Anhören geholt wurden, werden bis zu dieser Größe behalten</translation>
    </message>
    <message>
        <source>The most that a run takes; also the running one</source>
        <translation>So viel nimmt ein Abruf höchstens; auch der laufende</translation>
    </message>
    <message>
        <source>Wanted is a rate from 1 kB/s to 100 GB/s, such as 2 MB/s, or nothing for no limit.</source>
        <translation>Erwartet wird eine Rate von 1&#xa0;kB/s bis 100&#xa0;GB/s, etwa 2&#xa0;MB/s, oder nichts für unbegrenzt.</translation>
    </message>
    <message>
        <source>Wanted is a size from 0 B to 1 TB, such as 2 GB.</source>
        <translation>Erwartet wird eine Größe von 0&#xa0;B bis 1&#xa0;TB, etwa 2&#xa0;GB.</translation>
    </message>
    <message>
        <source>Webhook about nights</source>
        <translation>Webhook über Nächte</translation>
    </message>
    <message>
        <source>no file of your own</source>
        <translation>keine eigene Datei</translation>
    </message>
    <message>
        <source>unlimited</source>
        <translation>unbegrenzt</translation>
    </message>
    <message>
        <source>Keep free</source>
        <translation>Frei halten</translation>
    </message>
    <message>
        <source>Downloads stop when less than this is free on the archive&apos;s drive</source>
        <translation>Downloads halten an, wenn auf dem Laufwerk des Archivs weniger frei ist</translation>
    </message>
    <message>
        <source>Wanted is a size from 0 B to 100 TB, such as 1 GB.</source>
        <translation>Erwartet wird eine Größe von 0&#xa0;B bis 100&#xa0;TB, etwa 1&#xa0;GB.</translation>
    </message>
    <message>
        <source>Keep the computer awake</source>
        <translation>Computer wach halten</translation>
    </message>
    <message>
        <source>While a run is active</source>
        <translation>Solange ein Abruf aktiv ist</translation>
    </message>
    <message>
        <source>Proxy</source>
        <translation>Proxy</translation>
    </message>
    <message>
        <source>Empty: the system&apos;s. Or none, or an address without a password.</source>
        <translation>Leer: der des Systems. Oder none (keiner), oder eine Adresse ohne Kennwort.</translation>
    </message>
    <message>
        <source>Wanted is nothing, none, or an address such as http://proxy.example:8080, without a password.</source>
        <translation>Erwartet wird nichts, none oder eine Adresse wie http://proxy.example:8080, ohne Kennwort.</translation>
    </message>
    <message>
        <source>as the system has it</source>
        <translation>wie das System</translation>
    </message>
    <message>
        <source>CA file</source>
        <translation>CA-Datei</translation>
    </message>
    <message>
        <source>Signing authorities trusted besides those of the system (PEM)</source>
        <translation>Zertifizierungsstellen, denen außer denen des Systems vertraut wird (PEM)</translation>
    </message>
    <message>
        <source>Wanted is the whole path of a PEM file, or nothing.</source>
        <translation>Erwartet wird der vollständige Pfad einer PEM-Datei oder nichts.</translation>
    </message>
    <message>
        <source>Certificates (*.pem *.crt *.cer);;All files (*)</source>
        <translation>Zertifikate (*.pem *.crt *.cer);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>Farben</translation>
    </message>
    <message>
        <source>As the system has it</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Rows in lists</source>
        <translation>Zeilen in Listen</translation>
    </message>
    <message>
        <source>Two lines</source>
        <translation>Zweizeilig</translation>
    </message>
    <message>
        <source>One line</source>
        <translation>Einzeilig</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>At the next start</source>
        <translation>Ab dem nächsten Start</translation>
    </message>
    <message>
        <source>When a run has ended or needs you</source>
        <translation>Wenn ein Abruf zu Ende ist oder Sie braucht</translation>
    </message>
    <message>
        <source>Closing the window during a run</source>
        <translation>Fenster schließen während eines Abrufs</translation>
    </message>
    <message>
        <source>Ask</source>
        <translation>Fragen</translation>
    </message>
    <message>
        <source>Go on in the tray</source>
        <translation>Im Infobereich weiter</translation>
    </message>
    <message>
        <source>Stop safely</source>
        <translation>Sicher anhalten</translation>
    </message>
</context>
<context>
    <name>SelectionBar</name>
    <message>
        <source>Select everything in this list (Ctrl+A)</source>
        <translation>Alles in dieser Liste auswählen (Strg+A)</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Aufheben</translation>
    </message>
    <message>
        <source>Select nothing (Ctrl+Shift+A)</source>
        <translation>Auswahl aufheben (Strg+Umschalt+A)</translation>
    </message>
    <message>
        <source>{count} selected</source>
        <translation>{count} ausgewählt</translation>
    </message>
    <message>
        <source>{count} in the archive already</source>
        <translation>{count} schon im Archiv</translation>
    </message>
    <message>
        <source>Select all {count}</source>
        <translation>Alle {count} auswählen</translation>
    </message>
</context>
<context>
    <name>SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Take the last change back (Ctrl+Z)</source>
        <translation>Die letzte Änderung zurücknehmen (Strg+Z)</translation>
    </message>
    <message>
        <source>Restore defaults</source>
        <translation>Auf Standard zurücksetzen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Changes apply at once.</source>
        <translation>Änderungen gelten sofort.</translation>
    </message>
    <message>
        <source>Saved.</source>
        <translation>Gespeichert.</translation>
    </message>
</context>
<context>
    <name>SignInPage</name>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Cancel (Esc)</source>
        <translation>Abbrechen (Esc)</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
    <message>
        <source>Copy the address</source>
        <translation>Adresse kopieren</translation>
    </message>
    <message>
        <source>Download in bulk: audio and a CSV row for each</source>
        <translation>In großer Zahl herunterladen: Ton und je eine CSV-Zeile</translation>
    </message>
    <message>
        <source>Every recording,
whole and at home.</source>
        <translation>Jede Aufzeichnung,
vollständig und bei Ihnen.</translation>
    </message>
    <message>
        <source>Finish signing in in your browser</source>
        <translation>Die Anmeldung im Browser abschließen</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>Hilfe</translation>
    </message>
    <message>
        <source>Help (F1)</source>
        <translation>Hilfe (F1)</translation>
    </message>
    <message>
        <source>Look at what was downloaded, also offline</source>
        <translation>Ansehen, was geladen wurde, auch offline</translation>
    </message>
    <message>
        <source>No browser could be opened. Copy the address into a browser on this computer.</source>
        <translation>Es ließ sich kein Browser öffnen. Die Adresse in einen Browser auf diesem Computer kopieren.</translation>
    </message>
    <message>
        <source>Open the browser again</source>
        <translation>Browser noch einmal öffnen</translation>
    </message>
    <message>
        <source>Search what your access level lets you see</source>
        <translation>Suchen, was Ihre Zugriffsstufe Sie sehen lässt</translation>
    </message>
    <message>
        <source>Settings…</source>
        <translation>Einstellungen…</translation>
    </message>
    <message>
        <source>This window goes on by itself. If no page opened, copy its address into a browser.</source>
        <translation>Dieses Fenster macht von selbst weiter. Hat sich keine Seite geöffnet, ihre Adresse in einen Browser kopieren.</translation>
    </message>
    <message>
        <source>Version {number}</source>
        <translation>Version {number}</translation>
    </message>
</context>
<context>
    <name>Spoken</name>
    <message>
        <source>Conversation {number}: {title}</source>
        <translation>Gespräch {number}: {title}</translation>
    </message>
    <message>
        <source>Cursor at {time}</source>
        <translation>Zeiger bei {time}</translation>
    </message>
    <message>
        <source>Nothing is loaded</source>
        <translation>Nichts ist geladen</translation>
    </message>
    <message>
        <source>Nothing is selected</source>
        <translation>Nichts ist ausgewählt</translation>
    </message>
    <message>
        <source>Replay bar</source>
        <translation>Wiedergabeleiste</translation>
    </message>
    <message>
        <source>Selected from {first} to {last}, {length}</source>
        <translation>Ausgewählt von {first} bis {last}, {length}</translation>
    </message>
</context>
<context>
    <name>Standing</name>
    <message>
        <source>Failed</source>
        <translation>Fehlgeschlagen</translation>
    </message>
    <message>
        <source>Not available</source>
        <translation>Nicht verfügbar</translation>
    </message>
    <message>
        <source>Downloading</source>
        <translation>Wird geladen</translation>
    </message>
    <message>
        <source>Not ready yet</source>
        <translation>Nicht bereit</translation>
    </message>
    <message>
        <source>Queued</source>
        <translation>Eingereiht</translation>
    </message>
    <message>
        <source>Not yet</source>
        <translation>Noch nicht</translation>
    </message>
    <message>
        <source>Partly</source>
        <translation>Teilweise</translation>
    </message>
    <message>
        <source>In archive</source>
        <translation>Im Archiv</translation>
    </message>
    <message>
        <source>Erased here</source>
        <translation>Hier gelöscht</translation>
    </message>
    <message>
        <source>No recording</source>
        <translation>Kein Ton</translation>
    </message>
</context>
<context>
    <name>States</name>
    <message>
        <source>There is no archive yet</source>
        <translation>Es gibt noch kein Archiv</translation>
    </message>
    <message>
        <source>The first download asks for its folder. You can also open an archive that exists.</source>
        <translation>Der erste Download fragt nach seinem Ordner. Auch ein vorhandenes Archiv lässt sich öffnen.</translation>
    </message>
    <message>
        <source>Go to Conversations</source>
        <translation>Zu den Gesprächen</translation>
    </message>
    <message>
        <source>Choose a folder…</source>
        <translation>Ordner wählen…</translation>
    </message>
    <message>
        <source>What you download is kept in {folder} and can be found here, also offline.</source>
        <translation>Was Sie herunterladen, liegt in {folder} und ist hier zu finden, auch offline.</translation>
    </message>
    <message>
        <source>The archive is empty</source>
        <translation>Das Archiv ist leer</translation>
    </message>
    <message>
        <source>Choose another folder…</source>
        <translation>Anderen Ordner wählen…</translation>
    </message>
    <message>
        <source>No recording matches</source>
        <translation>Keine Aufzeichnung passt</translation>
    </message>
    <message>
        <source>Every word that you typed must be found in names, numbers, owners, groups, or file names.</source>
        <translation>Jedes getippte Wort muss in Namen, Nummern, Besitzern, Gruppen oder Dateinamen vorkommen.</translation>
    </message>
    <message>
        <source>Show everything</source>
        <translation>Alles zeigen</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal</translation>
    </message>
    <message>
        <source>{folder} cannot be found. Connect its drive or share again; nothing is made anew elsewhere.</source>
        <translation>{folder} ist nicht zu finden. Laufwerk oder Freigabe wieder verbinden; nichts wird anderswo neu angelegt.</translation>
    </message>
    <message>
        <source>The archive is not there</source>
        <translation>Das Archiv ist nicht da</translation>
    </message>
    <message>
        <source>{folder} was made by a newer version of this program. Install the newest version.</source>
        <translation>{folder} wurde von einer neueren Version dieses Programms angelegt. Die neueste Version installieren.</translation>
    </message>
    <message>
        <source>A newer version made this archive</source>
        <translation>Eine neuere Version hat dieses Archiv angelegt</translation>
    </message>
    <message>
        <source>No conversations in the last 24 hours</source>
        <translation>Keine Gespräche in den letzten 24&#xa0;Stunden</translation>
    </message>
    <message>
        <source>Calls appear here some minutes after they end. A longer period may help.</source>
        <translation>Anrufe erscheinen hier einige Minuten nach ihrem Ende. Ein längerer Zeitraum hilft vielleicht.</translation>
    </message>
    <message>
        <source>Last 7 days</source>
        <translation>Letzte 7&#xa0;Tage</translation>
    </message>
    <message>
        <source>No conversations match</source>
        <translation>Keine Gespräche passen</translation>
    </message>
    <message>
        <source>Nothing that you may see fits these criteria. A longer period may help.</source>
        <translation>Nichts, was Sie sehen dürfen, passt zu diesen Kriterien. Ein längerer Zeitraum hilft vielleicht.</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>Zurücksetzen</translation>
    </message>
    <message>
        <source>Nothing in this list matches</source>
        <translation>Nichts in dieser Liste passt</translation>
    </message>
    <message>
        <source>Every word that you typed must be found in names, numbers, owners or groups.</source>
        <translation>Jedes getippte Wort muss in Namen, Nummern, Besitzern oder Gruppen vorkommen.</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>Anmelden</translation>
    </message>
    <message>
        <source>Open Library</source>
        <translation>Bibliothek öffnen</translation>
    </message>
</context>
<context>
    <name>Strip</name>
    <message>
        <source>Search</source>
        <translation>Suche</translation>
    </message>
    <message>
        <source>Show the search (Ctrl+F)</source>
        <translation>Suche zeigen (Strg+F)</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>Zurücksetzen</translation>
    </message>
    <message>
        <source>Back to the last 24 hours</source>
        <translation>Zurück zu den letzten 24&#xa0;Stunden</translation>
    </message>
    <message>
        <source>Remove “{criterion}” and search again</source>
        <translation>„{criterion}“ entfernen und neu suchen</translation>
    </message>
</context>
<context>
    <name>SwitchRow</name>
    <message>
        <source>On</source>
        <translation>An</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>Aus</translation>
    </message>
</context>
<context>
    <name>Telling</name>
    <message>
        <source>Desktop</source>
        <translation>Desktop</translation>
    </message>
    <message>
        <source>Every way that the settings set up</source>
        <translation>Jeder Weg, der in den Einstellungen eingerichtet ist</translation>
    </message>
    <message>
        <source>Heartbeat address</source>
        <translation>Adresse des Lebenszeichens</translation>
    </message>
    <message>
        <source>Heartbeat: called after each complete night, and only then</source>
        <translation>Lebenszeichen: wird nach jeder vollständigen Nacht aufgerufen, und nur dann</translation>
    </message>
    <message>
        <source>Mail</source>
        <translation>E-Mail</translation>
    </message>
    <message>
        <source>Mail to</source>
        <translation>E-Mail an</translation>
    </message>
    <message>
        <source>Of every night</source>
        <translation>Über jede Nacht</translation>
    </message>
    <message>
        <source>Of nights that were not complete</source>
        <translation>Über Nächte, die nicht vollständig waren</translation>
    </message>
    <message>
        <source>Of none</source>
        <translation>Über keine</translation>
    </message>
    <message>
        <source>Of which nights somebody is told</source>
        <translation>Über welche Nächte benachrichtigt wird</translation>
    </message>
    <message>
        <source>System log</source>
        <translation>Systemprotokoll</translation>
    </message>
    <message>
        <source>Wanted are addresses such as ann@example.com, with commas.</source>
        <translation>Erwartet werden Adressen wie ann@example.com, mit Kommas getrennt.</translation>
    </message>
    <message>
        <source>Wanted is an https:// address, or nothing.</source>
        <translation>Erwartet wird eine https://-Adresse oder nichts.</translation>
    </message>
    <message>
        <source>Webhook</source>
        <translation>Webhook</translation>
    </message>
    <message>
        <source>as the settings say</source>
        <translation>wie in den Einstellungen</translation>
    </message>
</context>
<context>
    <name>TemplateFields</name>
    <message>
        <source>when the recording begins</source>
        <translation>Beginn der Aufzeichnung</translation>
    </message>
    <message>
        <source>when the recording ends</source>
        <translation>Ende der Aufzeichnung</translation>
    </message>
    <message>
        <source>when the conversation begins</source>
        <translation>Beginn des Gesprächs</translation>
    </message>
    <message>
        <source>when the conversation ends</source>
        <translation>Ende des Gesprächs</translation>
    </message>
    <message>
        <source>inbound or outbound</source>
        <translation>inbound (eingehend) oder outbound (ausgehend)</translation>
    </message>
    <message>
        <source>onDemand or alwaysOn</source>
        <translation>onDemand oder alwaysOn</translation>
    </message>
    <message>
        <source>length of the recording as 00.03.12</source>
        <translation>Länge der Aufzeichnung als 00.03.12</translation>
    </message>
    <message>
        <source>length of the recording in seconds</source>
        <translation>Länge der Aufzeichnung in Sekunden</translation>
    </message>
    <message>
        <source>calling party: name, else number</source>
        <translation>Anrufer: Name, sonst Nummer</translation>
    </message>
    <message>
        <source>calling party&apos;s name</source>
        <translation>Name des Anrufers</translation>
    </message>
    <message>
        <source>calling party&apos;s number</source>
        <translation>Nummer des Anrufers</translation>
    </message>
    <message>
        <source>calling party&apos;s extension</source>
        <translation>Nebenstelle des Anrufers</translation>
    </message>
    <message>
        <source>called party: name, else number</source>
        <translation>Angerufener: Name, sonst Nummer</translation>
    </message>
    <message>
        <source>called party&apos;s name</source>
        <translation>Name des Angerufenen</translation>
    </message>
    <message>
        <source>called party&apos;s number</source>
        <translation>Nummer des Angerufenen</translation>
    </message>
    <message>
        <source>called party&apos;s extension</source>
        <translation>Nebenstelle des Angerufenen</translation>
    </message>
    <message>
        <source>party outside the account: name, else number</source>
        <translation>Teilnehmer außerhalb des Kontos: Name, sonst Nummer</translation>
    </message>
    <message>
        <source>number of the party outside the account</source>
        <translation>Nummer des Teilnehmers außerhalb des Kontos</translation>
    </message>
    <message>
        <source>name of the user it was recorded for</source>
        <translation>Name des Benutzers, für den aufgezeichnet wurde</translation>
    </message>
    <message>
        <source>e-mail address of that user</source>
        <translation>E-Mail-Adresse dieses Benutzers</translation>
    </message>
    <message>
        <source>extension of that user</source>
        <translation>Nebenstelle dieses Benutzers</translation>
    </message>
    <message>
        <source>first call recording group of that user</source>
        <translation>erste Aufzeichnungsgruppe dieses Benutzers</translation>
    </message>
    <message>
        <source>all call recording groups of that user</source>
        <translation>alle Aufzeichnungsgruppen dieses Benutzers</translation>
    </message>
    <message>
        <source>the conversation&apos;s id</source>
        <translation>ID des Gesprächs</translation>
    </message>
    <message>
        <source>the recording&apos;s id</source>
        <translation>ID der Aufzeichnung</translation>
    </message>
    <message>
        <source>which recording of the conversation</source>
        <translation>die wievielte Aufzeichnung des Gesprächs</translation>
    </message>
</context>
<context>
    <name>TemplateRow</name>
    <message>
        <source>Insert a field: {setting}</source>
        <translation>Feld einfügen: {setting}</translation>
    </message>
</context>
<context>
    <name>Templates</name>
    <message>
        <source>Folder template</source>
        <translation>Ordnervorlage</translation>
    </message>
    <message>
        <source>From the archive folder down; / begins a new folder</source>
        <translation>Vom Archivordner abwärts; / beginnt einen neuen Ordner</translation>
    </message>
    <message>
        <source>Name template</source>
        <translation>Namensvorlage</translation>
    </message>
    <message>
        <source>Characters that a name cannot hold are replaced; a short tag follows</source>
        <translation>In Namen unmögliche Zeichen werden ersetzt; ein kurzer Anhang folgt</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>Audio</source>
        <translation>Ton</translation>
    </message>
    <message>
        <source>CSV</source>
        <translation>CSV</translation>
    </message>
    <message>
        <source>Preview with a real conversation</source>
        <translation>Vorschau mit einem echten Gespräch</translation>
    </message>
    <message>
        <source>Preview with a made-up call</source>
        <translation>Vorschau mit einem erfundenen Anruf</translation>
    </message>
</context>
<context>
    <name>TestRow</name>
    <message>
        <source>Does it arrive?</source>
        <translation>Kommt es an?</translation>
    </message>
    <message>
        <source>It was not taken.</source>
        <translation>Nicht angenommen.</translation>
    </message>
    <message>
        <source>It was taken. Look whether it has arrived.</source>
        <translation>Angenommen. Sehen Sie nach, ob es angekommen ist.</translation>
    </message>
    <message>
        <source>Send a test</source>
        <translation>Test senden</translation>
    </message>
    <message>
        <source>Sending…</source>
        <translation>Wird gesendet…</translation>
    </message>
</context>
<context>
    <name>Timeline</name>
    <message>
        <source>Add mark…</source>
        <translation>Markierung hinzufügen…</translation>
    </message>
    <message>
        <source>Overview</source>
        <translation>Übersicht</translation>
    </message>
    <message>
        <source>Play from here</source>
        <translation>Ab hier abspielen</translation>
    </message>
    <message>
        <source>Save a picture…</source>
        <translation>Bild speichern…</translation>
    </message>
    <message>
        <source>Select all of it</source>
        <translation>Ganz auswählen</translation>
    </message>
    <message>
        <source>Unload</source>
        <translation>Entladen</translation>
    </message>
    <message>
        <source>Zoom to the selection</source>
        <translation>Auf die Auswahl zoomen</translation>
    </message>
</context>
<context>
    <name>Toolbar</name>
    <message>
        <source>Toolbar</source>
        <translation>Werkzeugleiste</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Suche</translation>
    </message>
    <message>
        <source>Settings…</source>
        <translation>Einstellungen…</translation>
    </message>
    <message>
        <source>General Help</source>
        <translation>Allgemeine Hilfe</translation>
    </message>
    <message>
        <source>Module Help</source>
        <translation>Hilfe zum Modul</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>General</source>
        <translation>Allgemein</translation>
    </message>
    <message>
        <source>Conversations</source>
        <translation>Gespräche</translation>
    </message>
    <message>
        <source>Alt+G</source>
        <comment>key of the menu General</comment>
        <translation>Alt+A</translation>
    </message>
    <message>
        <source>Alt+C</source>
        <comment>key of the menu Conversations</comment>
        <translation>Alt+G</translation>
    </message>
</context>
<context>
    <name>Tray</name>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Pause all</source>
        <translation>Alle anhalten</translation>
    </message>
    <message>
        <source>Resume all</source>
        <translation>Alle fortsetzen</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
</context>
<context>
    <name>TrialNote</name>
    <message>
        <source>End the trial</source>
        <translation>Ausprobieren beenden</translation>
    </message>
    <message>
        <source>People, calls and sounds are invented. All of it is deleted when the trial ends.</source>
        <translation>Personen, Gespräche und Ton sind erfunden. Am Ende wird alles gelöscht.</translation>
    </message>
    <message>
        <source>Trial: made-up data</source>
        <translation>Zum Ausprobieren: erfundene Daten</translation>
    </message>
</context>
<context>
    <name>ZoneRow</name>
    <message>
        <source>Time zone</source>
        <translation>Zeitzone</translation>
    </message>
    <message>
        <source>There is no such time zone. Type a part of its name, such as berlin, and choose.</source>
        <translation>Diese Zeitzone gibt es nicht. Einen Teil ihres Namens tippen, etwa berlin, und wählen.</translation>
    </message>
    <message>
        <source>Show all time zones</source>
        <translation>Alle Zeitzonen zeigen</translation>
    </message>
    <message>
        <source>For names, lists and tables; there it is {time} ({offset})</source>
        <translation>Für Namen, Listen und Tabellen; dort ist es {time} ({offset})</translation>
    </message>
    <message>
        <source>As the account has it</source>
        <translation>Wie das Konto</translation>
    </message>
</context>
<context>
    <name>errors</name>
    <message>
        <source>Your access level is None</source>
        <translation>Ihre Zugriffsstufe ist None</translation>
    </message>
    <message>
        <source>Ask a Decision Maker or Phone Manager to set Record Management Access in the Account Portal.</source>
        <translation>Einen Decision Maker oder Phone Manager bitten, im Account Portal Record Management Access festzulegen.</translation>
    </message>
    <message>
        <source>This archive belongs to another account</source>
        <translation>Dieses Archiv gehört zu einem anderen Konto</translation>
    </message>
    <message>
        <source>Choose another archive folder for this account.</source>
        <translation>Für dieses Konto einen anderen Archivordner wählen.</translation>
    </message>
    <message>
        <source>Another pull is at work in this archive</source>
        <translation>In diesem Archiv ist ein anderer Abruf aktiv</translation>
    </message>
    <message>
        <source>Wait until it has finished, or stop it first.</source>
        <translation>Warten, bis er zu Ende ist, oder ihn erst anhalten.</translation>
    </message>
    <message>
        <source>The archive is not there</source>
        <translation>Das Archiv ist nicht da</translation>
    </message>
    <message>
        <source>Connect the drive that holds it, or choose another archive folder.</source>
        <translation>Sein Laufwerk verbinden oder einen anderen Archivordner wählen.</translation>
    </message>
    <message>
        <source>This folder is a risky place for an archive</source>
        <translation>Dieser Ordner ist ein riskanter Ort für ein Archiv</translation>
    </message>
    <message>
        <source>Choose a local folder that no program synchronises or cleans, or confirm that you want it there.</source>
        <translation>Einen lokalen Ordner wählen, den kein Programm abgleicht oder aufräumt, oder bestätigen, dass es dieser sein soll.</translation>
    </message>
    <message>
        <source>The service sent something else than audio</source>
        <translation>Der Dienst hat etwas anderes als Ton gesendet</translation>
    </message>
    <message>
        <source>Nothing was saved. If a sign-in page of a network answered, sign in there first, then retry.</source>
        <translation>Nichts wurde gespeichert. Hat die Anmeldeseite eines Netzes geantwortet, erst dort anmelden, dann wiederholen.</translation>
    </message>
    <message>
        <source>The list cannot be kept on this computer</source>
        <translation>Die Liste lässt sich auf diesem Computer nicht speichern</translation>
    </message>
    <message>
        <source>Free some space on the system drive and check its permissions; then search again.</source>
        <translation>Platz auf dem Systemlaufwerk schaffen und seine Berechtigungen prüfen, dann neu suchen.</translation>
    </message>
    <message>
        <source>The service&apos;s certificate is not trusted</source>
        <translation>Dem Zertifikat des Dienstes wird nicht vertraut</translation>
    </message>
    <message>
        <source>Have IT add the signing authority to the system&apos;s store (or to the settings); check the clock.</source>
        <translation>Die IT die Zertifizierungsstelle im System (oder in den Einstellungen) eintragen lassen; die Uhr prüfen.</translation>
    </message>
    <message>
        <source>The connection was lost</source>
        <translation>Die Verbindung ist abgebrochen</translation>
    </message>
    <message>
        <source>Check the connection; the run goes on where it stopped.</source>
        <translation>Die Verbindung prüfen; der Abruf geht dort weiter, wo er aufgehört hat.</translation>
    </message>
    <message>
        <source>The service has forgotten where the last pull stopped</source>
        <translation>Der Dienst weiß nicht mehr, wo der letzte Abruf aufgehört hat</translation>
    </message>
    <message>
        <source>Nothing to do: everything is listed again, nothing is fetched twice.</source>
        <translation>Nichts zu tun: alles wird neu aufgelistet, nichts doppelt geladen.</translation>
    </message>
    <message>
        <source>The recording arrived damaged twice: the digest does not match</source>
        <translation>Die Aufzeichnung ist zweimal beschädigt angekommen: die Prüfsumme stimmt nicht</translation>
    </message>
    <message>
        <source>It is kept under .mir/quarantine. Retry later; if it stays, tell the service&apos;s operator.</source>
        <translation>Sie liegt unter .mir/quarantine. Später wiederholen; bleibt es so, den Betreiber des Dienstes informieren.</translation>
    </message>
    <message>
        <source>The archive cannot be written</source>
        <translation>Das Archiv ist nicht beschreibbar</translation>
    </message>
    <message>
        <source>Check the drive and its permissions; the run goes on where it stopped.</source>
        <translation>Laufwerk und Berechtigungen prüfen; der Abruf geht dort weiter, wo er aufgehört hat.</translation>
    </message>
    <message>
        <source>The drive reported an error</source>
        <translation>Das Laufwerk hat einen Fehler gemeldet</translation>
    </message>
    <message>
        <source>Check the drive&apos;s health before going on.</source>
        <translation>Vor dem Weitermachen den Zustand des Laufwerks prüfen.</translation>
    </message>
    <message>
        <source>The archive drive is full</source>
        <translation>Das Laufwerk des Archivs ist voll</translation>
    </message>
    <message>
        <source>Free some space or choose another drive; the run goes on where it stopped.</source>
        <translation>Platz schaffen oder ein anderes Laufwerk wählen; der Abruf geht dort weiter, wo er aufgehört hat.</translation>
    </message>
    <message>
        <source>You may list recordings but not download them</source>
        <translation>Sie dürfen Aufzeichnungen auflisten, aber nicht herunterladen</translation>
    </message>
    <message>
        <source>Ask a Decision Maker or Phone Manager for the right to download.</source>
        <translation>Einen Decision Maker oder Phone Manager um das Recht zum Herunterladen bitten.</translation>
    </message>
    <message>
        <source>The recording is empty at the service</source>
        <translation>Die Aufzeichnung ist beim Dienst leer</translation>
    </message>
    <message>
        <source>There is nothing to download.</source>
        <translation>Es gibt nichts herunterzuladen.</translation>
    </message>
    <message>
        <source>The recording changed while it was fetched</source>
        <translation>Die Aufzeichnung hat sich geändert, während sie geladen wurde</translation>
    </message>
    <message>
        <source>Nothing to do: the new version is fetched.</source>
        <translation>Nichts zu tun: die neue Fassung wird geladen.</translation>
    </message>
    <message>
        <source>Another program holds the file</source>
        <translation>Ein anderes Programm hält die Datei fest</translation>
    </message>
    <message>
        <source>Nothing to do: it is placed at the next try. Exclude the archive&apos;s .mir folder from scanning if it stays.</source>
        <translation>Nichts zu tun: sie wird beim nächsten Versuch abgelegt. Bleibt es so, den Ordner .mir des Archivs vom Virenscan ausnehmen.</translation>
    </message>
    <message>
        <source>The address is not secure</source>
        <translation>Die Adresse ist nicht sicher</translation>
    </message>
    <message>
        <source>Use an https:// address. Plain http is accepted for this computer itself only.</source>
        <translation>Eine Adresse mit https:// verwenden. Einfaches http gilt nur für diesen Computer selbst.</translation>
    </message>
    <message>
        <source>Stopped on request</source>
        <translation>Auf Wunsch angehalten</translation>
    </message>
    <message>
        <source>Nothing is lost: it goes on where it stopped.</source>
        <translation>Nichts ist verloren: es geht dort weiter, wo es aufgehört hat.</translation>
    </message>
    <message>
        <source>The search criteria do not fit together</source>
        <translation>Die Suchkriterien passen nicht zusammen</translation>
    </message>
    <message>
        <source>Correct the value and search again.</source>
        <translation>Den Wert berichtigen und neu suchen.</translation>
    </message>
    <message>
        <source>The schedule cannot be used</source>
        <translation>Der Zeitplan ist nicht nutzbar</translation>
    </message>
    <message>
        <source>Correct the schedule and save it again.</source>
        <translation>Den Zeitplan berichtigen und neu speichern.</translation>
    </message>
    <message>
        <source>A setting cannot be used</source>
        <translation>Eine Einstellung ist nicht nutzbar</translation>
    </message>
    <message>
        <source>Correct the value in Settings.</source>
        <translation>Den Wert in den Einstellungen berichtigen.</translation>
    </message>
    <message>
        <source>The name template cannot be used</source>
        <translation>Die Namensvorlage ist nicht nutzbar</translation>
    </message>
    <message>
        <source>Correct the template in Settings; the fields it may have are listed there.</source>
        <translation>Die Vorlage in den Einstellungen berichtigen; dort stehen auch alle Felder.</translation>
    </message>
    <message>
        <source>The system keyring cannot be used</source>
        <translation>Der Schlüsselbund des Systems ist nicht nutzbar</translation>
    </message>
    <message>
        <source>Unlock it, or sign in without staying signed in: nothing is kept then.</source>
        <translation>Ihn entsperren, oder anmelden, ohne angemeldet zu bleiben: dann wird nichts behalten.</translation>
    </message>
    <message>
        <source>The ledger is damaged</source>
        <translation>Das Register ist beschädigt</translation>
    </message>
    <message>
        <source>A message about a night was not delivered</source>
        <translation>Eine Nachricht über eine Nacht wurde nicht zugestellt</translation>
    </message>
    <message>
        <source>A newer version of this program made the ledger</source>
        <translation>Eine neuere Version dieses Programms hat das Register angelegt</translation>
    </message>
    <message>
        <source>A newer version of this program made the settings</source>
        <translation>Eine neuere Version dieses Programms hat die Einstellungen angelegt</translation>
    </message>
    <message>
        <source>A newer version of this program made this archive</source>
        <translation>Eine neuere Version dieses Programms hat dieses Archiv angelegt</translation>
    </message>
    <message>
        <source>A newer version of this program made this file</source>
        <translation>Eine neuere Version dieses Programms hat diese Datei angelegt</translation>
    </message>
    <message>
        <source>Ask a Decision Maker or Phone Manager for the right to replay. What is in the archive needs none.</source>
        <translation>Bitten Sie einen Decision Maker oder Phone Manager um das Recht zur Wiedergabe. Was im Archiv ist, braucht keines.</translation>
    </message>
    <message>
        <source>Ask who set the hold; the setting housekeeping.hold says where it comes from.</source>
        <translation>Fragen Sie, wer die Sperre gesetzt hat; die Einstellung housekeeping.hold sagt, woher sie kommt.</translation>
    </message>
    <message>
        <source>Check the archive and fetch the recording again while the service still has it.</source>
        <translation>Das Archiv prüfen und die Aufzeichnung neu laden, solange der Dienst sie noch hat.</translation>
    </message>
    <message>
        <source>Choose another one in the settings.</source>
        <translation>Wählen Sie in den Einstellungen einen anderen.</translation>
    </message>
    <message>
        <source>Close the window and run mir-download rebuild with the archive&apos;s folder: it is made anew.</source>
        <translation>Das Fenster schließen und mir-download rebuild mit dem Archivordner ausführen: es wird neu aufgebaut.</translation>
    </message>
    <message>
        <source>Connect its drive again, or load the conversation again from the archive or the service.</source>
        <translation>Schließen Sie das Laufwerk wieder an, oder laden Sie das Gespräch erneut aus dem Archiv oder vom Dienst.</translation>
    </message>
    <message>
        <source>Correct address, user, or password in the settings, then send a test.</source>
        <translation>Berichtigen Sie in den Einstellungen Adresse, Benutzer oder Kennwort und senden Sie einen Test.</translation>
    </message>
    <message>
        <source>Download it first; then it can be marked.</source>
        <translation>Laden Sie sie zuerst herunter; dann kann sie markiert werden.</translation>
    </message>
    <message>
        <source>Fill in what is missing in the settings, the password too.</source>
        <translation>Ergänzen Sie in den Einstellungen, was fehlt, auch das Kennwort.</translation>
    </message>
    <message>
        <source>Install the newer version again, or choose another archive folder. Nothing was changed.</source>
        <translation>Installieren Sie die neuere Version wieder oder wählen Sie einen anderen Archivordner. Nichts wurde verändert.</translation>
    </message>
    <message>
        <source>Install the newer version again, or take the file away. Nothing was changed.</source>
        <translation>Installieren Sie die neuere Version wieder oder entfernen Sie die Datei. Nichts wurde verändert.</translation>
    </message>
    <message>
        <source>Install the newer version again. Nothing was changed.</source>
        <translation>Installieren Sie die neuere Version wieder. Nichts wurde verändert.</translation>
    </message>
    <message>
        <source>It is tried again at the next start; a test in the settings shows what is wrong.</source>
        <translation>Es wird beim nächsten Start wieder versucht; ein Test in den Einstellungen zeigt, was fehlt.</translation>
    </message>
    <message>
        <source>It is tried again by itself.</source>
        <translation>Es wird von selbst wieder versucht.</translation>
    </message>
    <message>
        <source>Load fewer conversations, or unload some: 24 hours of voice fit at once.</source>
        <translation>Laden Sie weniger Gespräche, oder entladen Sie einige: 24&#xa0;Stunden Sprache haben auf einmal Platz.</translation>
    </message>
    <message>
        <source>Nothing may be erased now</source>
        <translation>Jetzt darf nichts gelöscht werden</translation>
    </message>
    <message>
        <source>Sign in another way; who looks after this computer can tell why.</source>
        <translation>Melden Sie sich auf andere Art an; wer diesen Computer betreut, weiß, warum.</translation>
    </message>
    <message>
        <source>Take the file with the marks beside the recording away, or put back one that was kept; then try again.</source>
        <translation>Nehmen Sie die Datei mit den Markierungen neben der Aufzeichnung weg, oder legen Sie eine aufgehobene zurück; versuchen Sie es dann noch einmal.</translation>
    </message>
    <message>
        <source>That is more voice than can be loaded at once</source>
        <translation>Das ist mehr Sprache, als auf einmal geladen werden kann</translation>
    </message>
    <message>
        <source>The file itself is left as it is. Show it in its folder and open it with a program that knows its kind.</source>
        <translation>Die Datei selbst bleibt, wie sie ist. Zeigen Sie sie in ihrem Ordner an und öffnen Sie sie mit einem Programm, das ihr Format kennt.</translation>
    </message>
    <message>
        <source>The file of the recording is not there any more</source>
        <translation>Die Datei der Aufzeichnung ist nicht mehr vorhanden</translation>
    </message>
    <message>
        <source>The ledger cannot be used</source>
        <translation>Das Register ist nicht nutzbar</translation>
    </message>
    <message>
        <source>The marks of the recording cannot be read</source>
        <translation>Die Markierungen der Aufzeichnung können nicht gelesen werden</translation>
    </message>
    <message>
        <source>The message was not taken for now</source>
        <translation>Die Nachricht wurde vorerst nicht angenommen</translation>
    </message>
    <message>
        <source>The message was refused</source>
        <translation>Die Nachricht wurde abgelehnt</translation>
    </message>
    <message>
        <source>The recording cannot be played here</source>
        <translation>Die Aufzeichnung kann hier nicht abgespielt werden</translation>
    </message>
    <message>
        <source>The recording in the archive is damaged</source>
        <translation>Die Aufzeichnung im Archiv ist beschädigt</translation>
    </message>
    <message>
        <source>The recording is not in the archive</source>
        <translation>Die Aufzeichnung ist nicht im Archiv</translation>
    </message>
    <message>
        <source>This way to sign in is not allowed here</source>
        <translation>Diese Art der Anmeldung ist hier nicht erlaubt</translation>
    </message>
    <message>
        <source>This way to tell somebody does not exist here</source>
        <translation>Diesen Weg der Benachrichtigung gibt es hier nicht</translation>
    </message>
    <message>
        <source>This way to tell somebody is not set up</source>
        <translation>Dieser Weg der Benachrichtigung ist nicht eingerichtet</translation>
    </message>
    <message>
        <source>The service&apos;s listing is not consistent</source>
        <translation>Die Liste des Dienstes ist nicht stimmig</translation>
    </message>
    <message>
        <source>Search again; nothing was counted as complete. If it stays, tell the service&apos;s operator.</source>
        <translation>Neu suchen; nichts wurde als vollständig gezählt. Bleibt es so, den Betreiber des Dienstes informieren.</translation>
    </message>
    <message>
        <source>The service has no audio for this conversation</source>
        <translation>Der Dienst hat zu diesem Gespräch keinen Ton</translation>
    </message>
    <message>
        <source>Tell the service&apos;s operator if there should be one.</source>
        <translation>Den Betreiber des Dienstes informieren, falls es einen geben müsste.</translation>
    </message>
    <message>
        <source>Something went wrong</source>
        <translation>Etwas ist schiefgegangen</translation>
    </message>
    <message>
        <source>Do it again; if it stays, copy the details and send them to support.</source>
        <translation>Noch einmal versuchen; bleibt es so, die Details kopieren und an den Support schicken.</translation>
    </message>
    <message>
        <source>The network failed</source>
        <translation>Das Netz ist ausgefallen</translation>
    </message>
    <message>
        <source>The service does not know it</source>
        <translation>Der Dienst kennt es nicht</translation>
    </message>
    <message>
        <source>Try again later; if it stays, give the request id in the details to the service&apos;s operator.</source>
        <translation>Später noch einmal versuchen; bleibt es so, dem Betreiber des Dienstes die Anfrage-ID aus den Details geben.</translation>
    </message>
    <message>
        <source>The recording is not ready yet</source>
        <translation>Die Aufzeichnung ist noch nicht bereit</translation>
    </message>
    <message>
        <source>Nothing to do: it is asked for again.</source>
        <translation>Nichts zu tun: sie wird wieder angefragt.</translation>
    </message>
    <message>
        <source>Not signed in</source>
        <translation>Nicht angemeldet</translation>
    </message>
    <message>
        <source>Sign in.</source>
        <translation>Anmelden.</translation>
    </message>
    <message>
        <source>The recording is not a whole WAV file</source>
        <translation>Die Aufzeichnung ist keine vollständige WAV-Datei</translation>
    </message>
    <message>
        <source>It is kept under .mir/quarantine. Tell the service&apos;s operator.</source>
        <translation>Sie liegt unter .mir/quarantine. Den Betreiber des Dienstes informieren.</translation>
    </message>
    <message>
        <source>The service cannot be reached</source>
        <translation>Der Dienst ist nicht erreichbar</translation>
    </message>
    <message>
        <source>Check the network and the service address; the run goes on where it stopped.</source>
        <translation>Netz und Adresse des Dienstes prüfen; der Abruf geht dort weiter, wo er aufgehört hat.</translation>
    </message>
    <message>
        <source>The listing took too long and begins again</source>
        <translation>Das Auflisten hat zu lange gedauert und beginnt neu</translation>
    </message>
    <message>
        <source>Nothing to do: it begins again by itself.</source>
        <translation>Nichts zu tun: es beginnt von selbst neu.</translation>
    </message>
    <message>
        <source>The service&apos;s answer cannot be understood</source>
        <translation>Die Antwort des Dienstes ist nicht zu verstehen</translation>
    </message>
    <message>
        <source>The proxy refused the connection</source>
        <translation>Der Proxy hat die Verbindung abgelehnt</translation>
    </message>
    <message>
        <source>Ask IT for the proxy&apos;s address and sign-in, and enter it in Settings.</source>
        <translation>Die IT nach Adresse und Anmeldung des Proxys fragen und in den Einstellungen eintragen.</translation>
    </message>
    <message>
        <source>The service does not resume downloads correctly</source>
        <translation>Der Dienst setzt Downloads nicht richtig fort</translation>
    </message>
    <message>
        <source>Nothing damaged was saved. Tell the service&apos;s operator.</source>
        <translation>Nichts Beschädigtes wurde gespeichert. Den Betreiber des Dienstes informieren.</translation>
    </message>
    <message>
        <source>The service limits the rate</source>
        <translation>Der Dienst begrenzt die Rate</translation>
    </message>
    <message>
        <source>Nothing to do: the run waits and goes on by itself.</source>
        <translation>Nichts zu tun: der Abruf wartet und geht von selbst weiter.</translation>
    </message>
    <message>
        <source>The recording is no longer permitted</source>
        <translation>Die Aufzeichnung ist nicht mehr erlaubt</translation>
    </message>
    <message>
        <source>You may list recordings but not listen to them</source>
        <translation>Sie dürfen Aufzeichnungen auflisten, aber nicht anhören</translation>
    </message>
    <message>
        <source>Your access changed. Ask a Phone Manager; the others went on.</source>
        <translation>Ihr Zugriff hat sich geändert. Einen Phone Manager fragen; die anderen gingen weiter.</translation>
    </message>
    <message>
        <source>The recording cannot be downloaded</source>
        <translation>Die Aufzeichnung lässt sich nicht herunterladen</translation>
    </message>
    <message>
        <source>Retry asks for it again.</source>
        <translation>„Wiederholen“ fragt neu an.</translation>
    </message>
    <message>
        <source>The service has deleted the recording: its retention ended</source>
        <translation>Der Dienst hat die Aufzeichnung gelöscht: ihre Aufbewahrung ist zu Ende</translation>
    </message>
    <message>
        <source>It cannot be had any more. Schedule pulls more often than retention deletes.</source>
        <translation>Endgültig fort. Öfter abrufen, als die Aufbewahrung löscht.</translation>
    </message>
    <message>
        <source>The recording is no longer at the service</source>
        <translation>Die Aufzeichnung ist nicht mehr beim Dienst</translation>
    </message>
    <message>
        <source>It was deleted or hidden from you since it was listed.</source>
        <translation>Seit dem Auflisten wurde sie gelöscht oder für Sie verborgen.</translation>
    </message>
    <message>
        <source>The service rejected the request</source>
        <translation>Der Dienst hat die Anfrage abgelehnt</translation>
    </message>
    <message>
        <source>The system&apos;s scheduler did not take it</source>
        <translation>Die Aufgabenplanung hat den Zeitplan nicht angenommen</translation>
    </message>
    <message>
        <source>The schedule itself is kept. Ask IT whether schedules may be registered on this computer.</source>
        <translation>Der Zeitplan selbst bleibt. Die IT fragen, ob auf diesem Computer Aufgaben geplant werden dürfen.</translation>
    </message>
    <message>
        <source>The secret is too long for the system keyring</source>
        <translation>Das Geheimnis ist zu lang für den Schlüsselbund des Systems</translation>
    </message>
    <message>
        <source>Sign in without staying signed in, and tell the operator of the service.</source>
        <translation>Anmelden, ohne angemeldet zu bleiben, und den Betreiber des Dienstes informieren.</translation>
    </message>
    <message>
        <source>The service answered with an error</source>
        <translation>Der Dienst hat mit einem Fehler geantwortet</translation>
    </message>
    <message>
        <source>The service is not available</source>
        <translation>Der Dienst ist nicht verfügbar</translation>
    </message>
    <message>
        <source>The sign-in has ended</source>
        <translation>Die Anmeldung ist abgelaufen</translation>
    </message>
    <message>
        <source>Sign in again; the run goes on where it stopped.</source>
        <translation>Neu anmelden; der Abruf geht dort weiter, wo er aufgehört hat.</translation>
    </message>
    <message>
        <source>Signing in failed</source>
        <translation>Die Anmeldung ist fehlgeschlagen</translation>
    </message>
    <message>
        <source>Sign in again.</source>
        <translation>Neu anmelden.</translation>
    </message>
    <message>
        <source>The sign-in was not completed</source>
        <translation>Die Anmeldung wurde nicht abgeschlossen</translation>
    </message>
    <message>
        <source>Start the sign-in again and finish it in the browser window that opens.</source>
        <translation>Die Anmeldung neu beginnen und im Browserfenster, das sich öffnet, abschließen.</translation>
    </message>
    <message>
        <source>The service did not answer in time</source>
        <translation>Der Dienst hat nicht rechtzeitig geantwortet</translation>
    </message>
    <message>
        <source>The recording arrived incomplete</source>
        <translation>Die Aufzeichnung ist unvollständig angekommen</translation>
    </message>
    <message>
        <source>Nothing to do: it is fetched again.</source>
        <translation>Nichts zu tun: sie wird neu geladen.</translation>
    </message>
    <message>
        <source>There is nothing of that name</source>
        <translation>Es gibt nichts mit diesem Namen</translation>
    </message>
    <message>
        <source>It may have been renamed or deleted meanwhile. Names are matched exactly.</source>
        <translation>Vielleicht wurde es inzwischen umbenannt oder gelöscht. Namen müssen genau stimmen.</translation>
    </message>
    <message>
        <source>A path would lead out of the archive</source>
        <translation>Ein Pfad würde aus dem Archiv hinausführen</translation>
    </message>
    <message>
        <source>Remove the link that was planted in the archive folder.</source>
        <translation>Die untergeschobene Verknüpfung im Archivordner entfernen.</translation>
    </message>
    <message>
        <source>That cannot be done as asked</source>
        <translation>So geht das nicht</translation>
    </message>
    <message>
        <source>Correct the value and try again.</source>
        <translation>Den Wert berichtigen und noch einmal versuchen.</translation>
    </message>
    <message>
        <source>The time window is too large for the service</source>
        <translation>Der Zeitraum ist dem Dienst zu groß</translation>
    </message>
    <message>
        <source>Search in a shorter period.</source>
        <translation>In einem kürzeren Zeitraum suchen.</translation>
    </message>
    <message>
        <source>The user name or password is wrong</source>
        <translation>Benutzername oder Kennwort ist falsch</translation>
    </message>
    <message>
        <source>Check both and try again. After several failures the service may lock the account for a while.</source>
        <translation>Beides prüfen und noch einmal versuchen. Nach mehreren Fehlversuchen kann der Dienst das Konto eine Weile sperren.</translation>
    </message>
</context>
<context>
    <name>risks</name>
    <message>
        <source>a cloud drive synchronises it</source>
        <translation>ein Cloud-Laufwerk gleicht ihn ab</translation>
    </message>
    <message>
        <source>it is a temporary folder, which the system empties</source>
        <translation>er ist ein temporärer Ordner, den das System leert</translation>
    </message>
    <message>
        <source>its path has {count} characters; above {limit} some names get too long for Windows</source>
        <translation>sein Pfad hat {count} Zeichen; über {limit} werden manche Namen zu lang für Windows</translation>
    </message>
    <message>
        <source>{program} synchronises it</source>
        <translation>{program} gleicht ihn ab</translation>
    </message>
</context>
<context>
    <name>sign-in</name>
    <message>
        <source>Sign in again; what was under way goes on then.</source>
        <translation>Neu anmelden; dann geht weiter, was im Gange war.</translation>
    </message>
    <message>
        <source>Unlock it and try again, or sign in for this session only: nothing is kept then.</source>
        <translation>Ihn entsperren und noch einmal versuchen, oder nur für diese Sitzung anmelden: dann wird nichts behalten.</translation>
    </message>
    <message>
        <source>No password was sent. Check that this computer&apos;s date and time are right. If your organisation signs its certificates itself, give its CA file in Settings, or have IT add it to the system.</source>
        <translation>Es wurde kein Kennwort gesendet. Prüfen, ob Datum und Uhrzeit dieses Computers stimmen. Stellt Ihre Organisation Zertifikate selbst aus, ihre CA-Datei in den Einstellungen angeben oder von der IT ins System eintragen lassen.</translation>
    </message>
    <message>
        <source>Check the service address, and whether this computer is online.</source>
        <translation>Die Adresse des Dienstes prüfen, und ob dieser Computer online ist.</translation>
    </message>
    <message>
        <source>Check the service address. If it is right, sign in with your browser instead.</source>
        <translation>Die Adresse des Dienstes prüfen. Stimmt sie, stattdessen mit dem Browser anmelden.</translation>
    </message>
</context>
<context>
    <name>words</name>
    <message>
        <source>{count} bytes</source>
        <translation>{count}&#xa0;Byte</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Heute</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>Gestern</translation>
    </message>
    <message>
        <source>ddd d MMM yyyy</source>
        <comment>date with weekday and year</comment>
        <translation>ddd d. MMM yyyy</translation>
    </message>
    <message>
        <source>ddd d MMM</source>
        <comment>date with weekday, this year</comment>
        <translation>ddd d. MMM</translation>
    </message>
    <message>
        <source>d MMM yyyy</source>
        <comment>date</comment>
        <translation>d. MMM yyyy</translation>
    </message>
    <message>
        <source>{date}, {time}</source>
        <translation>{date}, {time}</translation>
    </message>
    <message>
        <source>{seconds} s</source>
        <translation>{seconds}&#xa0;s</translation>
    </message>
    <message>
        <source>{minutes} min</source>
        <translation>{minutes}&#xa0;min</translation>
    </message>
    <message>
        <source>{hours} h {minutes} min</source>
        <translation>{hours}&#xa0;h {minutes}&#xa0;min</translation>
    </message>
    <message>
        <source>under a minute left</source>
        <translation>weniger als eine Minute</translation>
    </message>
    <message>
        <source>{span} left</source>
        <translation>noch {span}</translation>
    </message>
</context>
</TS>
